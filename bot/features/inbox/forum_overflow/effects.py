"""Handler that makes another forum beside a full one.

The adoption rule (R6) for a channel: after an attempt of unknown fate one is this forum only if its topic
carries the effect's reference, which nobody can guess, and it has the bot's own permissions; never by name.
"""

from collections.abc import Collection, Sequence

from bot.access.policy import ChannelKind
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import wanted_alert
from bot.features.inbox.forum_overflow import texts
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import msgid
from bot.relay import channel_bans
from bot.relay.channel_access import follow, readers_of
from bot.relay.context import Context
from bot.relay.forum_creation import MadeForum, MoreForumsPort
from storage.database import Transaction
from storage.inbox import forum_setups, forums, overflow
from storage.records import DiscordId, Effect, Forum

_TOLD = "told"


class ForumOverflowHandler(EffectHandler):
    """One forum more for one creator."""

    settling = SettlingMethod.SEARCH

    def __init__(self, ctx: Context, *, discord: MoreForumsPort) -> None:
        self._ctx = ctx
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Make it with one request; after an earlier attempt, make sure that there is one only."""
        full, number, readers = await self._ctx.database.read(lambda tx: self._state(tx, effect, body))
        if full is None:
            return Moot(msgid("There is already another forum."))
        try:
            made = await self._discord.make(full, number + 1, effect.id, readers)
        except DeliveryRefused as refused:
            raise TryLater(refused.reason, paused=True) from refused
        except TargetGone as gone:
            raise TryLater(msgid("The forum is gone: run /setup to create a new one."), paused=True) from gone
        if effect.attempts == 0:
            return self._made(effect, full, made)
        try:
            found = await self._discord.find(full, effect.id)
            return await self._keep_oldest(effect, full, [*found, *([] if made in found else [made])])
        except (TryLater, DeliveryRefused, TargetGone) as unseen:
            # It was made all right: to say "not made" now would make another one.
            raise DeliveryUnknown(unseen.reason) from unseen

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the server for the reference."""
        full = await self._ctx.database.read(lambda tx: forums.get(tx, DiscordId(body["forum"])))
        found = await self._discord.find(full, effect.id) if full is not None else ()
        return None if full is None or not found else await self._keep_oldest(effect, full, found)

    async def _state(
        self, tx: Transaction, effect: Effect, body: Body
    ) -> tuple[Forum | None, int, Collection[DiscordId]]:
        """The full forum, if the creator's new fans still come there; how many there are; who may see one."""
        newest = await forums.of_creator(tx, effect.creator)
        if newest is None or newest.id != body["forum"]:
            return None, 0, ()
        granted = await readers_of(tx, effect.creator, newest.guild, ChannelKind.FORUM)
        number = await overflow.number(tx, effect.creator, newest.guild)
        return newest, number, granted.members | set(granted.roles)

    async def _keep_oldest(self, effect: Effect, full: Forum, found: Sequence[MadeForum]) -> Done:
        oldest, *others = found
        for other in others:
            await self._discord.remove(other.id)  # nothing is in it: no fan was ever sent there
        return self._made(effect, full, oldest)

    def _made(self, effect: Effect, full: Forum, made: MadeForum) -> Done:
        async def then(tx: Transaction) -> None:
            now = self._ctx.clock.now()
            forum = Forum(made.id, full.guild, made.category, full.alerts, full.creator, made.tags)
            await forums.add(tx, forum, now)
            done = await forum_setups.of_forum(tx, full.id)
            if done is not None:
                await forum_setups.note(tx, made.id, by=done.by, team=done.team, now=now)
            await follow(tx, self._ctx.effects, effect.creator, full.guild, cause=effect.id)
            await channel_bans.close_anew(tx, self._ctx.effects, effect.creator, full.guild, effect.id)
            await self._tell(tx, effect, full, made)

        return Done(str(made.id), then)

    async def _tell(self, tx: Transaction, effect: Effect, full: Forum, made: MadeForum) -> None:
        post = texts.another(full.id, made.id, self._ctx.effects.ids.effect(effect.id, _TOLD))
        wanted = wanted_alert(
            effect.creator, cause=effect.id, part=_TOLD, post=post, since=self._ctx.clock.now()
        )
        await self._ctx.effects.add(tx, wanted)
