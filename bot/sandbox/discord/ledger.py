"""The real events in this Discord, in order; tests and the demo count here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.discord.snowflakes import iso


@dataclass(frozen=True, slots=True)
class DiscordLedgerEntry:
    """One thing that happened; `data` says what, with ids as numbers."""

    number: int
    at: datetime
    kind: str
    data: dict[str, Any] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """The entry for the control page; ids as strings, as everywhere in Discord's JSON."""
        data = {
            k: str(v) if isinstance(v, int) and not isinstance(v, bool) and v > 1 << 32 else v
            for k, v in self.data.items()
        }
        return {"number": self.number, "at": iso(self.at), "kind": self.kind, **data}


class DiscordLedger:
    """An append-only record, out of reach of every client of the server."""

    def __init__(self, clock: Callable[[], datetime], changed: Callable[[], None]) -> None:
        """`changed` is called after every entry, so that waiters look again."""
        self._clock = clock
        self._changed = changed
        self._entries: list[DiscordLedgerEntry] = []

    def __len__(self) -> int:
        """The number of entries so far."""
        return len(self._entries)

    def __iter__(self) -> Iterator[DiscordLedgerEntry]:
        """All entries, oldest first."""
        return iter(tuple(self._entries))

    def add(self, kind: str, **data: Any) -> None:
        """Record one thing that has happened."""
        self._entries.append(DiscordLedgerEntry(len(self._entries) + 1, self._clock(), kind, data))
        self._changed()

    def of(self, kind: str, since: int = 0, **match: Any) -> list[DiscordLedgerEntry]:
        """The entries of a kind after entry number `since` whose data has these values."""
        return [
            entry
            for entry in self._entries[since:]
            if entry.kind == kind and all(entry.data.get(k) == v for k, v in match.items())
        ]

    def count(self, kind: str, since: int = 0, **match: Any) -> int:
        """The number of entries that `of` gives."""
        return len(self.of(kind, since, **match))
