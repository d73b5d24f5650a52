"""What a live check made at Fanvue, kept privately until it is gone again."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.settings.private_file import write_privately

NAME: Final = "live-check-private.json"  # in the state folder; it has ids, and is no part of a report


class TraceKind(StrEnum):
    """One kind of thing that a check makes."""

    MESSAGE = "messages to the test fan"
    NICKNAME = "the test fan's nickname"
    MASS = "planned mass messages"
    LIST = "the list of the test fan"
    POST = "a planned post"
    SUBSCRIPTION = "a webhook subscription"


@dataclass(frozen=True)
class LiveNotes:
    """Whose account it was, who the test fan is, and what may still be there.

    `mark` is in all that the check writes, so that it is found even where an answer was lost.
    """

    mark: str
    link: str
    handle: str  # of the test fan
    fan: str = ""  # "": has not written the code yet
    nickname: str = ""  # the test fan's, before the check changed it
    made: tuple[tuple[TraceKind, str], ...] = ()  # each with its id; "" where no answer told it

    @property
    def traces(self) -> tuple[TraceKind, ...]:
        """The kinds of which something may still be there."""
        return tuple(dict.fromkeys(kind for kind, _id in self.made))

    def ids(self, kind: TraceKind) -> tuple[str, ...]:
        """Of what was made of this kind; "" for each whose answer was lost or named none."""
        return tuple(one for known, one in self.made if known is kind)


@dataclass
class NoteKeeper:
    """The notes of one check; each change is on the disk before the next request."""

    folder: Path
    notes: LiveNotes

    def fan_is(self, fan: str) -> None:
        self._keep(replace(self.notes, fan=fan))

    def had_nickname(self, was: str) -> None:
        """Written down once: what a second look finds may be the check's own."""
        if TraceKind.NICKNAME not in self.notes.traces:
            self._keep(replace(self.notes, nickname=was))

    def begins(self, kind: TraceKind) -> None:
        """Something of this kind is about to be made."""
        self._keep(replace(self.notes, made=(*self.notes.made, (kind, ""))))

    def made(self, kind: TraceKind, body: Any) -> None:
        """It was made, by the answer to what began last; its id, where the answer names it."""
        told = id_in(body)
        if told and self.notes.made and self.notes.made[-1] == (kind, ""):
            self._keep(replace(self.notes, made=(*self.notes.made[:-1], (kind, told))))

    def gone(self, kind: TraceKind) -> None:
        """Nothing of this kind is there any more."""
        self._keep(replace(self.notes, made=tuple(one for one in self.notes.made if one[0] is not kind)))

    def _keep(self, notes: LiveNotes) -> None:
        write_privately(self.folder / NAME, json.dumps(asdict(notes)).encode())
        self.notes = notes


def read_notes(folder: Path) -> LiveNotes | None:
    """The notes of the last check; None where there are none that can be read."""
    try:
        known = json.loads((folder / NAME).read_text("utf-8"))
        made = tuple((TraceKind(kind), str(one)) for kind, one in known["made"])
        return LiveNotes(**{**known, "made": made})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def id_in(row: Any) -> str:
    """The id of what a row or an answer tells of, under any of its names; "" where it has none."""
    told = [row.get(name) for name in ("uuid", "messageUuid", "id")] if isinstance(row, dict) else []
    return next((one for one in told if isinstance(one, str)), "")


def new_mark(random: Callable[[int], bytes]) -> str:
    """Words that nobody else writes."""
    return f"bridge-check-{random(4).hex()}"
