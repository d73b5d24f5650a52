"""The awake threads of each server, as far as Discord told; kept in memory."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from storage.records import DiscordId


class AwakeThreads:
    """Discord is the truth: it tells all of them once, and each change from then on."""

    def __init__(self) -> None:
        self._threads: dict[DiscordId, set[DiscordId]] = {}
        self._where: dict[DiscordId, DiscordId] = {}
        self._coming: dict[DiscordId, int] = {}

    def servers(self) -> list[DiscordId]:
        """Those of which it is known."""
        return sorted(self._threads)

    def knows(self, server: DiscordId) -> bool:
        """Whether all of a server's were told."""
        return server in self._threads

    def has(self, thread: DiscordId) -> bool:
        """Whether this one is awake, as far as is known."""
        return thread in self._where

    def number(self, server: DiscordId) -> int:
        """The number of them, with those that are just being made or woken."""
        return len(self._threads.get(server, ())) + self._coming.get(server, 0)

    def threads(self, server: DiscordId) -> list[DiscordId]:
        """All of a server's, fans' and others'."""
        return sorted(self._threads.get(server, ()))

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        """Discord told all of a server's: others are not awake."""
        for thread in self._threads.get(server, ()):
            self._where.pop(thread, None)
        self._threads[server] = set(threads)
        self._where |= dict.fromkeys(threads, server)

    def woke(self, server: DiscordId, thread: DiscordId) -> None:
        """One more. Of a server whose others nobody has told yet there is nothing to count."""
        if server in self._threads:
            self._threads[server].add(thread)
            self._where[thread] = server

    def rests(self, thread: DiscordId) -> None:
        """It is archived, or deleted."""
        server = self._where.pop(thread, None)
        if server is not None:
            self._threads[server].discard(thread)

    @contextmanager
    def coming(self, server: DiscordId) -> Iterator[None]:
        """One more is made or woken meanwhile."""
        self._coming[server] = self._coming.get(server, 0) + 1
        try:
            yield
        finally:
            self._coming[server] -= 1
