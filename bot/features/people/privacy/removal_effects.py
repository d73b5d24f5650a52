"""Deeds that take things away on Discord, and leave a line that says so."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from contextlib import suppress

from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Moot, Outcome, SettlingMethod, Then
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import removal_stream
from bot.features.people.privacy import texts
from bot.features.people.privacy.deletion_lane import DeletionLane
from bot.features.people.privacy.due_removals import want_removal
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.language import english
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from storage.database import Transaction
from storage.people import removals, tombstones
from storage.records import DiscordId, Effect, Millis

MARK, REST = "gone.mark", "gone.rest"


class _PrivacyRemovalHandler(EffectHandler):
    """The base of both: the way to Discord, and the lane in which it goes slowly."""

    on_server = False  # what must go goes, wherever the creator is

    def __init__(self, ctx: Context, *, discord: RemovalPort, lane: DeletionLane) -> None:
        self._ctx = ctx
        self._discord = discord
        self._lane = lane


class PrivacyLineRemovalHandler(_PrivacyRemovalHandler):
    """Take the listed messages of one channel away, one call each; a repeat finds what is still listed."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Take the oldest one away, and go on in the same place."""
        channel = DiscordId(body["channel"])
        message = await self._ctx.database.read(lambda tx: removals.next_in(tx, channel))
        if message is None:
            return Done(then=lambda tx: self._end(tx, effect, body))
        self._lane.turn()
        try:
            await self._discord.take_message(channel, message)
        except DeliveryRefused as refused:  # a person must give the bot its rights back
            raise TryLater(refused.reason, paused=True) from refused
        return Becomes(effect.kind, body, lambda tx: removals.gone(tx, channel, message))

    async def _end(self, tx: Transaction, effect: Effect, body: Body) -> None:
        kind = MARK if body["marked"] else REST if body["rests"] else None
        if kind is not None:
            await want_next(tx, self._ctx.effects, effect, kind, body)


class PrivacyThreadRemovalHandler(_PrivacyRemovalHandler):
    """Delete a forum post whole. Where somebody wrote meanwhile, only the bot's lines go."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Look once more, then delete; fine when it is gone already."""
        channel = DiscordId(body["channel"])
        self._lane.turn()
        try:
            if await self._lives(channel, body["before"]):
                return Done(then=lambda tx: self._lines_only(tx, effect, channel))
            await self._discord.delete_thread(channel)
        except TargetGone:
            pass
        except DeliveryRefused as refused:
            raise TryLater(refused.reason, paused=True) from refused

        async def then(tx: Transaction) -> None:
            await removals.all_gone(tx, channel)
            await tombstones.remove(tx, channel)

        return Done(then=then)

    async def _lives(self, channel: DiscordId, before: Millis | None) -> bool:
        """Whether somebody wrote meanwhile; without a time nobody asks."""
        if before is None:
            return False
        stone = await self._ctx.database.read(lambda tx: tombstones.get(tx, channel))
        seen = await self._discord.look(channel, ignoring=stone.message if stone else None)
        return seen.last >= before

    async def _lines_only(self, tx: Transaction, effect: Effect, channel: DiscordId) -> None:
        await want_removal(tx, self._ctx.effects, effect.creator, channel, cause=effect.id)


class PrivacyTombstoneHandler(EffectHandler):
    """One line in a thread that says how much was removed: posted once, and edited from then on."""

    settling = SettlingMethod.NONCE
    on_server = False  # it belongs to what is taken away, and says nothing of anybody

    def __init__(self, ctx: Context, *, discord: RemovalPort) -> None:
        self._ctx = ctx
        self._discord = discord
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit it; post it where there is none, or where somebody deleted it."""
        channel = DiscordId(body["channel"])
        stone = await self._ctx.database.read(lambda tx: tombstones.get(tx, channel))
        if stone is None:
            return Moot(english("The thread is gone."))
        post = texts.tombstone(stone, self._reference(channel))
        try:
            if stone.message is not None:
                with suppress(TargetGone):
                    edited = await self._late.edit(self._discord, effect, f"{channel}:{stone.message}", post)
                    return self._shown(effect, body, stone.message, edited)
            return self._shown(effect, body, await self._discord.post(channel, post, nonce=effect.nonce))
        except TargetGone as gone:
            return Moot(gone.reason)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the thread for its button."""
        channel = DiscordId(body["channel"])
        found = await self._discord.find_post(channel, self._reference(channel), since=effect.since)
        return None if found is None else self._shown(effect, body, found)

    def _shown(self, effect: Effect, body: Body, message: DiscordId, edited: Then | None = None) -> Done:
        async def then(tx: Transaction) -> None:
            await tombstones.shown(tx, DiscordId(body["channel"]), message)
            if edited is not None:
                await edited(tx)
            if body["rests"]:
                await want_next(tx, self._ctx.effects, effect, REST, body)

        return Done(then=then)

    def _reference(self, channel: DiscordId) -> str:
        return self._ctx.effects.ids.effect(f"tombstone:{channel}", "show")


class PrivacyArchiveHandler(EffectHandler):
    """Archive a thread again that was woken to take lines away: Discord has room for so many awake."""

    on_server = False  # what must go goes, wherever the creator is

    def __init__(self, *, discord: RemovalPort) -> None:
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Archive it; a thread that is gone needs none."""
        with suppress(TargetGone, DeliveryRefused):
            await self._discord.rest(DiscordId(body["channel"]))
        return Done()


async def want_next(tx: Transaction, effects: Effects, effect: Effect, kind: str, body: Body) -> None:
    """Add the next step, with the same body and in the same stream."""
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind=kind,
            stream=removal_stream(effect.creator),
            creator=effect.creator,
            cause=effect.id,
            part=kind,
            body=dict(body),
        ),
    )
