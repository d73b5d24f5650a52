"""What a live check made at Fanvue, kept privately until it is gone again."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

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
    traces: tuple[TraceKind, ...] = ()


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
        if kind not in self.notes.traces:
            self._keep(replace(self.notes, traces=(*self.notes.traces, kind)))

    def gone(self, kind: TraceKind) -> None:
        """Nothing of this kind is there any more."""
        self._keep(replace(self.notes, traces=tuple(one for one in self.notes.traces if one is not kind)))

    def _keep(self, notes: LiveNotes) -> None:
        write_privately(self.folder / NAME, json.dumps(asdict(notes)).encode())
        self.notes = notes


def read_notes(folder: Path) -> LiveNotes | None:
    """The notes of the last check; None where there are none that can be read."""
    try:
        known = json.loads((folder / NAME).read_text("utf-8"))
        return LiveNotes(**{**known, "traces": tuple(map(TraceKind, known["traces"]))})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def new_mark(random: Callable[[int], bytes]) -> str:
    """Words that nobody else writes."""
    return f"bridge-check-{random(4).hex()}"
