"""Says which live events of a creator come, which never came, and which cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.database import Database
from storage.inbox import watermarks
from storage.records import Link, Millis


@dataclass(frozen=True)
class LiveEvent:
    """One kind of live event that the bridge needs."""

    name: str  # as Fanvue calls it
    seen: Millis | None
    lacks: str | None  # the scope without which Fanvue does not send it


class LiveEventStatus:
    """Answers for one link at a time."""

    def __init__(self, database: Database, events: Mapping[str, tuple[str, str]]) -> None:
        """`events`: Fanvue's name → the word under which it is heard, and its scope."""
        self._database = database
        self._events = events

    async def of(self, link: Link) -> Sequence[LiveEvent]:
        """Every needed event, in the order of the table."""
        heard = await self._database.read(lambda tx: watermarks.heard_of(tx, link.creator))
        return live_events(link, heard, self._events)


def live_events(
    link: Link, heard: Mapping[str, Millis], events: Mapping[str, tuple[str, str]]
) -> Sequence[LiveEvent]:
    """The same from what was heard, by our words (pure)."""
    granted = link.scopes.split()
    return [
        LiveEvent(name, heard.get(word), None if scope in granted else scope)
        for name, (word, scope) in events.items()
    ]
