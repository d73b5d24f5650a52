"""An append-only record of what really happened, out of the bridge's reach."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.fanvue.records import MessageRecord, UserId


@dataclass(frozen=True)
class FanvueLedgerEntry:
    """One thing that happened; `facts` depend on the kind."""

    number: int
    at: datetime
    kind: str
    facts: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


class FanvueLedger:
    """Entries in the order in which they happened; nothing is ever changed or taken out."""

    def __init__(self, now: Callable[[], datetime], beat: Callable[[], None]) -> None:
        self._now = now
        self._beat = beat
        self._entries: list[FanvueLedgerEntry] = []

    def record(self, kind: str, **facts: Any) -> FanvueLedgerEntry:
        entry = FanvueLedgerEntry(len(self._entries), self._now(), kind, facts)
        self._entries.append(entry)
        self._beat()
        return entry

    def message(self, message: MessageRecord, client_id: str | None) -> None:
        """Keep that Fanvue accepted this message, from whom, and through which app."""
        self.record(
            "message",
            uuid=message.uuid,
            creator=message.creator,
            fan=message.fan,
            sender="fan" if message.from_fan else "creator",
            type=message.type,
            text=message.text,
            price=message.price,
            media=list(message.media),
            sent_at=message.sent_at,
            sent_by=message.sent_by,
            client_id=client_id,
        )

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[FanvueLedgerEntry]:
        return iter(tuple(self._entries))

    def of(self, kind: str, **facts: Any) -> list[FanvueLedgerEntry]:
        """All entries of this kind (or of its family, `webhook.`) that carry these facts."""
        return [
            entry
            for entry in self._entries
            if (entry.kind == kind or (kind.endswith(".") and entry.kind.startswith(kind)))
            and all(entry.facts.get(name) == value for name, value in facts.items())
        ]

    def messages(self, fan: UserId | None = None, sender: str | None = None) -> list[FanvueLedgerEntry]:
        """Messages that Fanvue accepted, oldest first."""
        wanted = {name: value for name, value in (("fan", fan), ("sender", sender)) if value is not None}
        return self.of("message", **wanted)

    def as_json(self, after: int = -1) -> list[dict[str, Any]]:
        return [
            {"number": entry.number, "at": entry.at.isoformat(), "kind": entry.kind, **_plain(entry.facts)}
            for entry in self._entries
            if entry.number > after
        ]


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()
    }
