"""Answers the asker alone: why did I get this, and what am I told."""

from collections.abc import Sequence

from bot.access.permits import Actor, Permit, standing_of
from bot.access.roles import Permission
from bot.features.operations.alerts import texts
from bot.features.operations.alerts.alert_body import is_told, unpack
from bot.features.operations.alerts.kinds import AlertKind
from bot.features.operations.alerts.presence_events import never_told, never_told_words
from bot.features.operations.alerts.rules import EffectiveAlertRule, for_channel, for_member
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.operations import alert_groups, alert_rules
from storage.people import creators
from storage.records import CreatorId, DiscordId, Effect, EffectId

_SHOWN = 8  # creators
_NOTHING = msgid(
    "All alerts go to the alerts channel (except “top spender online”). You get no "
    "private alerts. Turn them on, for example with `/settings alerts mine kind:tip`."
)


class AlertExplanationService:
    """Reads the rules that hold now."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def why(self, actor: Actor, ref: str) -> str:
        """For each kind in the message: which rule it was, and how to change it."""
        return await self._ctx.database.read(lambda tx: self._why(tx, actor, ref))

    async def show(self, permits: Sequence[Permit]) -> Post:
        """The rules about these creators: for their channels, and for the asker."""

        async def work(tx: Transaction) -> Post:
            actor = permits[0].actor
            assert actor.guild is not None, "the action is asked on a server"
            shown = [await _about(tx, permit, actor.guild) for permit in permits[:_SHOWN]]
            more = (
                ()
                if len(permits) <= _SHOWN
                else (tr("… and {number} more creators.", number=len(permits) - _SHOWN),)
            )
            return Post(title=tr("Alerts"), body=(*shown, *more))

        return await self._ctx.database.read(work)

    async def _why(self, tx: Transaction, actor: Actor, ref: str) -> str:
        effect = await outbox.get(tx, EffectId(ref))
        if effect is None:
            return tr(texts.OLD)
        try:
            body = self._ctx.effects.body(effect)
        except (TextErased, SealDamaged):
            return tr(texts.OLD)
        if not is_told(body):
            return tr(texts.NOT_YOURS)
        member = unpack(body).member
        if not await _may_ask(tx, actor, effect, member):
            return tr(texts.NOT_YOURS)
        forum = await forums.of_creator(tx, effect.creator)
        if forum is None:
            return tr(texts.OLD)
        handle = await _handle(tx, effect.creator)
        said: list[str] = []
        for kind in await self._kinds(tx, effect):
            rules = await alert_rules.about(tx, forum.guild, effect.creator, kind)
            ruled: EffectiveAlertRule | None = for_channel(rules, forum.guild, effect.creator, kind)
            if member is not None:
                ruled = for_member(rules, effect.creator, kind, member)
            said.append(texts.why(handle, kind, ruled, private=member is not None))
        return "\n".join(said)

    async def _kinds(self, tx: Transaction, effect: Effect) -> Sequence[str]:
        """All that the message shows, in the order of the rules."""
        lines = (
            await alert_groups.sharing(tx, effect.stream, effect.external_id) if effect.external_id else ()
        )
        found: set[str] = set()
        for line in lines or (effect,):
            try:
                found.add(unpack(self._ctx.effects.body(line)).kind)
            except (TextErased, SealDamaged):
                continue
        return [kind for kind in AlertKind if kind in found]


async def _may_ask(tx: Transaction, actor: Actor, effect: Effect, member: DiscordId | None) -> bool:
    """A private alert's reader may ask; of a channel's alert, all who may read this creator's chats."""
    if member is not None:
        return member == actor.user
    held = await standing_of(tx, actor, effect.creator)
    return held is not None and Permission.READ in held.permissions


async def _about(tx: Transaction, permit: Permit, guild: DiscordId) -> str:
    creator = permit.creator
    assert creator is not None, "the action is about a creator"
    rules, lines, wanted = await alert_rules.of_guild(tx, guild), list[str](), set[str]()
    for kind in AlertKind:
        ruled = for_channel(rules, guild, creator, kind)
        own = for_member(rules, creator, kind, permit.actor.user)
        wanted |= {kind for one in (ruled, own) if one is not None and one.rule.wanted}
        if ruled.rule.at:
            words = texts.rule_told(ruled.rule, private=False)
            lines.append(tr(texts.RULES[ruled.level], kind=tr(texts.KINDS[kind]), rule=words))
        if own is not None:
            words = texts.rule_told(own.rule, private=True)
            lines.append(f"- **{tr(texts.KINDS[kind])}** ({tr(texts.YOURS[own.level])}): {words}")
    if lines:
        lines.append(tr("-# Default: shown in the alerts channel; top spenders online only with a rule."))
    if AlertKind.ONLINE in wanted and await never_told(tx, [creator]):
        lines.append(never_told_words())
    return f"### @{await _handle(tx, creator)}\n" + ("\n".join(lines) or tr(_NOTHING))


async def _handle(tx: Transaction, creator: CreatorId) -> str:
    known = await creators.get(tx, creator)
    return known.handle if known is not None else tr("this creator")
