"""The room for awake threads on a server: counted, or unlimited."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from storage.records import DiscordId

Read = Callable[[DiscordId], Awaitable[Collection[DiscordId]]]
Took = Callable[[DiscordId], None]


class ActiveThreadRoom(Protocol):
    """Room for a server's awake threads; `bot.features.inbox.thread_archiving` is it. `read`: reads them."""

    def opening(self, forum: DiscordId, read: Read) -> AbstractAsyncContextManager[Took]:
        """Make room for a post in this forum; what is yielded is told which. Raises TryLater."""

    def waking(self, thread: DiscordId, read: Read) -> AbstractAsyncContextManager[None]:
        """Something is written to this channel meanwhile, which wakes it if it is a thread at rest."""

    def rests(self, thread: DiscordId) -> None:
        """It was archived or deleted."""

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        """Discord says how a thread is now."""

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Discord says which threads of a server are awake now."""


class UnlimitedThreadRoom:
    """Room without a count, until `bot.app.program` passes in better."""

    @asynccontextmanager
    async def opening(self, forum: DiscordId, read: Read) -> AsyncIterator[Took]:  # noqa: ARG002 - the protocol's
        yield lambda _thread: None

    @asynccontextmanager
    async def waking(self, thread: DiscordId, read: Read) -> AsyncIterator[None]:  # noqa: ARG002 - the protocol's
        yield

    def rests(self, thread: DiscordId) -> None:
        """Nobody counts."""

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        """Nobody counts."""

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Nobody counts."""
