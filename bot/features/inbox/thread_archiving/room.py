"""Lets a thread be made or woken where there is room, or says when there will be."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

from bot.features.inbox.thread_archiving.awake_threads import AwakeThreads
from bot.features.inbox.thread_archiving.scheduling import ThreadArchiveScheduler
from bot.model.errors import NoThreadRoom, TryLater
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums, threads
from storage.publishing import post_threads
from storage.records import DiscordId

Read = Callable[[DiscordId], Awaitable[Collection[DiscordId]]]
Took = Callable[[DiscordId], None]

_SOON = 2.0  # seconds
_MAKES_ROOM = msgid(
    "This server has as many open threads as we keep: the ones answered longest ago are archived."
)


class ThreadRoom:
    """Asked before a thread is made or woken, told of all awake or at rest."""

    def __init__(self, ctx: Context, *, awake: AwakeThreads, keeping: ThreadArchiveScheduler) -> None:
        """`divisor` shortens the time after which somebody who found no room comes again."""
        self._ctx = ctx
        self._awake = awake
        self._keeping = keeping
        self._soon = _SOON / ctx.divisor

    @asynccontextmanager
    async def opening(self, forum: DiscordId, read: Read) -> AsyncIterator[Took]:
        """Hold room for a post in this forum; the yielded call takes its thread. Raises TryLater."""

        async def server(tx: Transaction) -> DiscordId | None:
            known = await forums.get(tx, forum)
            return known.guild if known is not None else None

        async with self._entered(await self._ctx.database.read(server), read) as took:
            yield took

    @asynccontextmanager
    async def waking(self, thread: DiscordId, read: Read) -> AsyncIterator[None]:
        """Something is written to this channel meanwhile, which wakes it if it is a thread at rest."""
        if self._awake.has(thread):
            yield
            return

        async def server(tx: Transaction) -> DiscordId | None:
            known = await threads.by_discord(tx, thread) or await post_threads.by_thread(tx, thread)
            return known.guild if known is not None else None

        async with self._entered(await self._ctx.database.read(server), read) as took:
            yield
            took(thread)

    def servers(self) -> Collection[DiscordId]:
        """Those whose threads are counted here."""
        return self._awake.servers()

    def rests(self, thread: DiscordId) -> None:
        """It was archived or deleted."""
        self._awake.rests(thread)

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        """Discord says how a thread is now."""
        if awake:
            self._awake.woke(server, thread)
        else:
            self._awake.rests(thread)

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Discord says which threads of a server are awake now."""
        self._awake.all_of(server, threads)

    @asynccontextmanager
    async def _entered(self, server: DiscordId | None, read: Read) -> AsyncIterator[Took]:
        if server is None:
            yield lambda _thread: None
            return
        if not self._awake.knows(server):
            told = await read(server)
            if not self._awake.knows(server):  # somebody else may have been told meanwhile
                self._awake.all_of(server, told)
        if self._is_full(server) and await self._keeping.make_room(server) and self._is_full(server):
            raise TryLater(_MAKES_ROOM, after=self._soon)
        try:
            with self._awake.coming(server):
                yield lambda thread: self._awake.woke(server, thread)
        except NoThreadRoom as refused:
            self._keeping.full(server)
            if await self._keeping.make_room(server):
                raise TryLater(_MAKES_ROOM, after=self._soon) from refused
            raise

    def _is_full(self, server: DiscordId) -> bool:
        return self._awake.number(server) >= self._keeping.most(server)
