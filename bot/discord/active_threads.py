"""How many threads of a server may be awake: who counts them, or nobody."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from storage.records import DiscordId

Read = Callable[[DiscordId], Awaitable[Collection[DiscordId]]]
Took = Callable[[DiscordId], None]


class ActiveThreadRoom(Protocol):
    """How many threads of a server may be awake; `bot.features.inbox.thread_archiving` is it. `read`: which
    ones are, of a server.
    """

    def opening(self, forum: DiscordId, read: Read) -> AbstractAsyncContextManager[Took]:
        """A post is made in this forum meanwhile; what is yielded is told which. Raises TryLater."""

    def waking(self, thread: DiscordId, read: Read) -> AbstractAsyncContextManager[None]:
        """Something is written to this channel meanwhile, which wakes it if it is a thread at rest."""

    def rests(self, thread: DiscordId) -> None:
        """It was archived or deleted."""

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        """Discord says how a thread is now."""

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Discord says which threads of a server are awake now."""


class UnlimitedThreadRoom:
    """Nobody counts: what holds until `bot.app.program` passes in better."""

    @asynccontextmanager
    async def opening(self, forum: DiscordId, read: Read) -> AsyncIterator[Took]:  # noqa: ARG002 - the protocol's
        """There is always room."""
        yield lambda _thread: None

    @asynccontextmanager
    async def waking(self, thread: DiscordId, read: Read) -> AsyncIterator[None]:  # noqa: ARG002 - the protocol's
        """There is always room."""
        yield

    def rests(self, thread: DiscordId) -> None:
        """Nobody counts."""

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        """Nobody counts."""

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Nobody counts."""
