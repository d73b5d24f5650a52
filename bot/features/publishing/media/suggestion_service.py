"""Suggestions while somebody types media of a vault: recent items, at once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from bot.features.publishing.media import texts
from bot.features.publishing.media.fanvue import FanvueVault, VaultUnavailable
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from storage.records import Link, LinkId, Millis

T = TypeVar("T")
Suggestion = tuple[str, str]  # what is shown, what is sent

MOST = 25  # Discord shows no more
LONGEST = 100  # characters of what is shown, and of what is sent
_FRESH: Millis = 60_000
_CREATORS = 64
_SECONDS = 2.0  # Discord waits three


class MediaSuggestionService:
    """Suggestions out of a small memory. It never fails: where nothing can be told, nothing is offered."""

    def __init__(self, vault: FanvueVault, clock: Clock, seconds: float = _SECONDS) -> None:
        """`seconds`: how long one answer may take."""
        self._items = _RecentRows(vault.ready, clock, seconds)
        self._folders = _RecentRows(vault.folders, clock, seconds)

    def forget(self) -> None:
        """There is something new: the next one who types is offered it."""
        self._items.forget()

    async def items(self, link: Link, typed: str, *, several: bool = False) -> Sequence[Suggestion]:
        """Items that are like the last words; with `several`, behind the ids that stand there already."""
        kept, words = _split(typed) if several else ([], typed.casefold().split())
        offered = []
        for label, row in texts.labels(await self._items.of(link)):
            value = " ".join([*kept, row.uuid])
            fits = len(value) <= LONGEST and row.uuid not in kept
            if fits and all(word in f"{label} {row.caption or ''}".casefold() for word in words):
                shown = f"+ {label}" if kept else label
                offered.append((shown[:LONGEST], value))
        return offered[:MOST]

    async def names(self, link: Link) -> Mapping[str, str]:
        """The names of the newest items, by their ids."""
        return {row.uuid: texts.name(row) for row in await self._items.of(link)}

    async def folders(self, link: Link, typed: str) -> Sequence[Suggestion]:
        """Folders whose name has what was typed in it; one with a longer name cannot be offered."""
        names = [folder.name for folder in await self._folders.of(link)]
        return [
            (name, name)
            for name in names
            if typed.casefold() in name.casefold() and 1 <= len(name) <= LONGEST
        ][:MOST]


class _RecentRows(Generic[T]):
    """Recent results of a read, for each link; one read at a time for one link."""

    def __init__(self, read: Callable[[Link], Awaitable[Sequence[T]]], clock: Clock, seconds: float) -> None:
        self._read = read
        self._clock = clock
        self._seconds = seconds
        self._known: OrderedDict[LinkId, tuple[Millis, Sequence[T]]] = OrderedDict()
        self._reading: dict[LinkId, asyncio.Lock] = {}

    def forget(self) -> None:
        """Forget everything read."""
        self._known.clear()

    async def of(self, link: Link) -> Sequence[T]:
        """The rows; none where they cannot be had in time."""
        try:
            async with asyncio.timeout(self._seconds), self._reading.setdefault(link.id, asyncio.Lock()):
                until, rows = self._known.get(link.id, (0, ()))
                if self._clock.now() >= until:
                    rows = await self._read(link)
                    self._keep(link.id, rows)
                return rows
        except (TimeoutError, VaultUnavailable, DeliveryFailed):
            return ()

    def _keep(self, link: LinkId, rows: Sequence[T]) -> None:
        self._known[link] = (self._clock.now() + _FRESH, rows)
        self._known.move_to_end(link)
        while len(self._known) > _CREATORS:
            gone, _rows = self._known.popitem(last=False)
            self._reading.pop(gone, None)


def _split(typed: str) -> tuple[list[str], list[str]]:
    """Ids that were typed or chosen before, then the words of the item that is looked for."""
    parts = typed.replace(",", " ").split()
    kept: list[str] = []
    while parts and len(parts[0]) == _UUID and parts[0].count("-") == _DASHES:
        kept.append(parts.pop(0).lower())
    return kept, [part.casefold() for part in parts]


_UUID, _DASHES = 36, 4
