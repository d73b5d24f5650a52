"""Decides who is told of an event: the channel, and members who asked for it."""

from collections.abc import Awaitable, Callable, Sequence

from bot.access.roles import MoneyView
from bot.engine.channel_languages import in_channels
from bot.engine.member_languages import to_member
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import event_alerts_stream, lone_alerts_stream
from bot.features.operations.alerts.alert_body import AlertBody, pack
from bot.features.operations.alerts.kinds import AlertKind, amount_of, kind_of
from bot.features.operations.alerts.rules import for_channel, for_member, members_in, tells
from bot.features.operations.alerts.treatment_rules import treatment
from bot.model.news import News
from bot.model.ports import Post
from bot.relay import payment_dedup
from bot.relay.alerts import PART, ChannelAlertRouter, name_of, person_of, warned, warning_of
from storage.database import Transaction
from storage.inbox import forums
from storage.operations import alert_rules
from storage.operations.alert_rules import NOBODY, AlertRule
from storage.records import CreatorId, DiscordId, FanId, Stream

PRIVATE = "alert.private"  # the kind of the effect that tells one member
CHANNEL = "alert"  # and of the one that tells a channel, like every other line there

# An event, a reference, what its fan is called, and how exactly its reader sees figures → the alert, if any.
AnnounceTo = Callable[[News, str, str | None, MoneyView], Post | None]
TagsOf = Callable[[Transaction, CreatorId, FanId], Awaitable[Sequence[str]]]


class AlertDecider(ChannelAlertRouter):
    """Tells by the rules; without any, as `ChannelAlertRouter` does. Whether members still may is looked up
    later.
    """

    def __init__(self, *, effects: Effects, announce: AnnounceTo, tags_of: TagsOf, vip: str) -> None:
        """`vip`: the tag whose fans are told of in quiet hours too."""
        super().__init__(
            effects=effects, announce=lambda event, ref, who: announce(event, ref, who, MoneyView.EXACT)
        )
        self._announce_to = announce
        self._tags_of = tags_of
        self._vip = vip

    async def tell(self, tx: Transaction, event: News, cause: str) -> None:
        """One effect for the channel and one for each member, as far as their rules want it."""
        kind, forum = kind_of(event), await forums.of_creator(tx, event.creator)
        if kind is None or forum is None:  # where there is no server yet, it waits for one as ever
            await super().tell(tx, event, cause)
            return
        cause = payment_dedup.one_payment(event) or cause
        rules = await alert_rules.about(tx, forum.guild, event.creator, kind)
        cents, _ = amount_of(event)
        usual = for_channel(rules, forum.guild, event.creator, kind)
        if tells(usual.rule, cents):
            await self.add(tx, event, cause, usual.rule)
        for member in members_in(rules):
            ruled = for_member(rules, event.creator, kind, member)
            if ruled is not None and tells(ruled.rule, cents):
                await self.add(tx, event, cause, ruled.rule)

    async def add(self, tx: Transaction, event: News, cause: str, rule: AlertRule) -> None:
        """Add one effect for the rule's readers, regardless of the rest."""
        kind, member = kind_of(event), rule.member
        assert kind is not None, "what has no kind is announced to nobody"
        part = PART if member == NOBODY else f"{PART}:{member}"
        reads = in_channels(tx, event.creator)
        if member != NOBODY:
            reads = to_member(tx, member, event.creator)
        async with reads:
            told = await self._told(tx, event, kind, self._effects.ids.effect(cause, part), member)
        if told is None:
            return
        person = person_of(event)
        await self._effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=CHANNEL if member == NOBODY else PRIVATE,
                stream=_stream(event.creator, told, rule),
                creator=event.creator,
                cause=cause,
                part=part,
                body=pack(told),
                fan=person.id if person is not None else None,
                since=told.at,
            ),
        )

    async def is_vip(self, tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
        """Whether somebody of the team gave the fan that tag."""
        return self._vip in await self._tags_of(tx, creator, fan)

    async def _told(
        self, tx: Transaction, event: News, kind: str, ref: str, member: DiscordId
    ) -> AlertBody | None:
        warning, person = await warning_of(tx, event), person_of(event)
        who = await name_of(tx, event)
        posts = {money: self._announce_to(event, ref, who, money) for money in MoneyView}
        worded = {money: warned(post, warning) for money, post in posts.items() if post is not None}
        if len(worded) < len(posts):
            return None
        vip = person is not None and await self.is_vip(tx, event.creator, person.id)
        cents, currency = amount_of(event)
        return AlertBody(
            posts=worded,
            kind=kind,
            at=event.at,
            cents=cents,
            currency=currency,
            vip=vip,
            member=None if member == NOBODY else member,
        )


def _stream(creator: CreatorId, told: AlertBody, rule: AlertRule) -> Stream:
    kind = AlertKind(told.kind)
    if not kind.shares:
        return lone_alerts_stream(creator, rule.member, kind)
    of = kind if kind.apart else ""
    return event_alerts_stream(creator, rule.member, of=of, vips=told.vip, treated=treatment(rule))
