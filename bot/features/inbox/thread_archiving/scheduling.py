"""Has the longest-answered threads of a server archived where room gets scarce."""

import heapq

from bot.engine.outbox import EffectRequest
from bot.engine.streams import discord_stream, post_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.thread_archiving.awake_threads import AwakeThreads
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import idle_threads
from storage.inbox.idle_threads import REST, IdleThread
from storage.records import DiscordId, Millis, Stream

_SECONDS = 2.0  # between two looks, which cost nothing while there is room
_LIMIT = 120.0
_VAIN: Millis = 1_000  # after a look that found nobody who may rest
_SOON: Millis = 60_000  # what was wanted longer ago than this is not waited for: an archiving, a line, a card
_LONG: Millis = 600_000  # what was put into the queue longer ago is held by something, and not waited for
_FULL: Millis = 3_600_000  # how long Discord's own word about a full server holds
_SCARCE, _ENOUGH = 20, 10  # a twentieth of the limit is little room, a tenth is enough


class ThreadArchiveScheduler:
    """Counts in memory, reads only where room is scarce, and wants many at once."""

    def __init__(self, ctx: Context, *, awake: AwakeThreads, most: int) -> None:
        """`most`: how many threads of one server may be awake. `divisor` shortens the pauses."""
        self._ctx = ctx
        self._awake = awake
        self._most = most
        self._divisor = ctx.divisor
        self._vain: dict[DiscordId, Millis] = {}
        self._full: dict[DiscordId, tuple[int, Millis]] = {}

    def most(self, server: DiscordId) -> int:
        """The most awake there: fewer where Discord itself took no more."""
        number, until = self._full.get(server, (self._most, 0))
        return number if self._ctx.clock.now() < until else self._most

    def full(self, server: DiscordId) -> None:
        """Discord takes no more there: others are awake that the bot does not see."""
        number = max(self._awake.number(server), 1)
        self._full[server] = (min(number, self._most), self._ctx.clock.now() + self._shorter(_FULL))

    async def look(self) -> None:
        """Make room wherever it is scarce."""
        for server in self._awake.servers():
            most = self.most(server)
            if self._awake.number(server) > most - max(most // _SCARCE, 1):
                await self.make_room(server)

    async def make_room(self, server: DiscordId) -> bool:
        """Have as many archived as are too many; whether any will be soon."""
        now = self._ctx.clock.now()
        if now < self._vain.get(server, 0):
            return False

        async def work(tx: Transaction) -> bool:
            since = now - self._shorter(_SOON)
            going = await idle_threads.going(tx, server, since=since)
            most = self.most(server)
            number = self._awake.number(server) - going - (most - max(most // _ENOUGH, 2))
            chosen = await self._longest(tx, server, number, now=now) if number > 0 else []
            for one in chosen:
                await self._want(tx, one)
            if going or chosen or number <= 0:
                return bool(going or chosen)
            long = now - self._shorter(_LONG)
            threads = self._awake.threads(server)
            return await idle_threads.idle_soon(tx, threads, now=now, since=since, queued_since=long)

        some = await self._ctx.database.write(work)
        if not some:
            self._vain[server] = now + self._shorter(_VAIN)
        return some

    def task(self) -> BackgroundTask:
        """The background task that archives threads before a server is full."""
        run = periodic(_SECONDS / self._divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("resting", run, _LIMIT)

    async def _longest(
        self, tx: Transaction, server: DiscordId, number: int, *, now: Millis
    ) -> list[IdleThread]:
        """Followed posts first, for nobody waits in their threads; then fans by the oldest answer."""
        among = self._awake.threads(server)
        found = [*await idle_threads.quiet_posts(tx, among), *await idle_threads.idle(tx, among, now=now)]
        return heapq.nsmallest(number, found, key=lambda one: (one.post is None, one.since, one.thread))

    async def _want(self, tx: Transaction, one: IdleThread) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=REST,
            stream=_stream_of(one),  # so that no line is posted meanwhile
            creator=one.creator,
            fan=one.fan,
            cause=f"rest:{self._ctx.ids.new()}",
            part="rest",
            body={"thread": one.thread},
        )
        await self._ctx.effects.add(tx, wanted)

    def _shorter(self, wait: Millis) -> Millis:
        return max(int(wait / self._divisor), 1)


def _stream_of(one: IdleThread) -> Stream:
    if one.post is not None:
        return post_stream(one.creator, one.post)
    assert one.fan is not None, "it is a fan's thread, or a post's"
    return discord_stream(one.creator, one.fan)
