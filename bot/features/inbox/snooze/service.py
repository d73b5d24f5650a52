"""A member puts a fan aside, until a time or until they write, or takes that back."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.engine.streams import discord_stream
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.features.inbox.snooze import texts
from bot.features.inbox.snooze.snooze_times import offered
from bot.model.language import tr
from bot.relay.context import Context
from bot.relay.frozen_threads import must_be_connected
from bot.relay.replies import NOT_HERE
from bot.text.deferral_times import read_until
from bot.text.reply_rules import ReplyRefused
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NotATime
from storage.database import Transaction
from storage.inbox import conversations, snoozes, threads, unread_lines
from storage.inbox.conversations import Conversation
from storage.money import digests
from storage.records import CreatorId, DiscordId, FanThread, Millis

R = TypeVar("R")


@dataclass(frozen=True)
class SnoozeOutcome:
    """One fan's outcome. `until`: None where nothing was done, and `said` is why."""

    said: str
    until: Millis | None = None


class SnoozeService:
    """Callers check permission. A refusal is a sentence; ReplyRefused where there is no fan."""

    def __init__(self, ctx: Context, *, changes: ConversationChanges, unread: Millis) -> None:
        """`unread`: a line that stands in a thread for less counts as not read."""
        self._ctx = ctx
        self._changes = changes
        self._unread = unread

    async def snooze(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """/fan snooze: out of sight until then, or until the fan writes."""
        return (await self.put_off(actor, channel, typed)).said

    async def put_off(
        self,
        actor: DiscordId,
        channel: DiscordId,
        typed: str,
        *,
        among: Collection[CreatorId] | None = None,
        looked: Millis | None = None,
    ) -> SnoozeOutcome:
        """The same, for reports on several together.

        `among`: creators whose fan it must be. `looked`: lines in the thread from then on were not read.
        """

        async def deed(tx: Transaction, thread: FanThread) -> SnoozeOutcome:
            if among is not None and thread.creator not in among:
                raise ReplyRefused(tr(NOT_HERE))
            name, now = await digests.zone(tx, thread.creator), self._ctx.clock.now()
            zone = zone_of(name or DEFAULT_ZONE)
            try:
                until = read_until(typed, now, zone)
            except NotATime as error:
                return SnoozeOutcome(str(error))
            refusal = await self._refusal(tx, thread, actor, looked)
            if refusal is not None:
                return SnoozeOutcome(refusal)
            if (await conversations.known(tx, thread.creator, thread.fan)).waiting_since is None:
                return SnoozeOutcome(tr(texts.NOTHING_WAITS))

            async def change(tx: Transaction) -> Conversation:
                return await snoozes.snooze(tx, thread.creator, thread.fan, until=until, by=actor)

            await self._changes.make(tx, thread.creator, thread.fan, change)
            await self._note(tx, "talk.snooze", thread, actor)
            return SnoozeOutcome(texts.snoozed(until, now, zone, chosen=name is not None), until)

        return await self._in(channel, deed)

    async def close(self, actor: DiscordId, channel: DiscordId) -> str:
        """/fan close: nothing is to be done until the fan writes again."""

        async def deed(tx: Transaction, thread: FanThread) -> str:
            refusal = await self._refusal(tx, thread, actor)
            if refusal is not None:
                return refusal
            # Up to what stands in the thread, and not up to now: what is on its way was read by nobody.
            at = (await conversations.known(tx, thread.creator, thread.fan)).last_in or 0

            async def change(tx: Transaction) -> Conversation:
                return await snoozes.close(tx, thread.creator, thread.fan, at=at, by=actor)

            await self._changes.make(tx, thread.creator, thread.fan, change)
            await self._note(tx, "talk.close", thread, actor)
            return tr(texts.CLOSED)

        return await self._in(channel, deed)

    async def reopen(self, actor: DiscordId, channel: DiscordId) -> str:
        """/fan reopen: back in sight at once."""

        async def deed(tx: Transaction, thread: FanThread) -> str:
            talk = await conversations.known(tx, thread.creator, thread.fan)
            if talk.state != "closed" and not talk.snoozed(self._ctx.clock.now()):
                return tr(texts.OPEN)

            async def change(tx: Transaction) -> Conversation:
                return await snoozes.reopen(tx, thread.creator, thread.fan)

            after = await self._changes.make(tx, thread.creator, thread.fan, change)
            await self._note(tx, "talk.reopen", thread, actor)
            return texts.reopened(after)

        return await self._in(channel, deed)

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        """Until when a fan of this creator's can be snoozed: words, and what `snooze` takes."""
        return offered(self._ctx.clock.now(), await self._ctx.database.read(lambda tx: _zone(tx, creator)))

    async def _refusal(
        self, tx: Transaction, thread: FanThread, actor: DiscordId, looked: Millis | None = None
    ) -> str | None:
        """The reason this member, who has read up to `looked`, cannot put the fan aside now."""
        now = self._ctx.clock.now()
        talk = await conversations.known(tx, thread.creator, thread.fan)
        holder = talk.holder(now)
        if holder is not None and holder != actor:
            return texts.held(holder, talk.claimed_since or now, now)
        stream = discord_stream(thread.creator, thread.fan)
        seen = await unread_lines.shown_until(tx, stream, before=now - self._unread)
        if looked is not None:
            seen = min(seen, await unread_lines.shown_until(tx, stream, before=looked - 1))
        return tr(texts.UNREAD) if await unread_lines.written(tx, stream, after=seen, but=actor) else None

    async def _in(self, channel: DiscordId, deed: Callable[[Transaction, FanThread], Awaitable[R]]) -> R:
        async def work(tx: Transaction) -> R:
            thread = await threads.by_discord(tx, channel)
            if thread is None or thread.state != "open":
                raise ReplyRefused(tr(NOT_HERE))
            await must_be_connected(tx, thread.creator)
            return await deed(tx, thread)

        return await self._ctx.database.write(work)

    async def _note(self, tx: Transaction, action: str, thread: FanThread, actor: DiscordId) -> None:
        await self._ctx.trail.write(tx, action, "done", actor=actor, creator=thread.creator, fan=thread.fan)


async def _zone(tx: Transaction, creator: CreatorId) -> ZoneInfo:
    return zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
