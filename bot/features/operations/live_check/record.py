"""What a live check has found so far: kept after each step, so that it can go on."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bot.fanvue import proven
from bot.fanvue.proven import ProvenFacts
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.settings.private_file import write_privately
from storage.records import Millis

NAME: Final = "live-check.json"  # in the state folder
FRESH: Final[Millis] = 24 * 3_600_000  # an unfinished check goes on for so long


@dataclass(frozen=True)
class LiveStep:
    """One thing that was looked at. Nothing in it is a person's: no id, no text, no address."""

    verdict: DoctorVerdict
    says: str
    do: str = ""
    seen: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)  # open question → what is true here

    @property
    def settled(self) -> bool:
        """Whether asking again would change nothing."""
        return self.verdict is not DoctorVerdict.UNKNOWN


Look = Callable[[], Awaitable[LiveStep]]


def open_step(said: str, do: str) -> LiveStep:
    """Nothing was found out; asking again may help."""
    return LiveStep(DoctorVerdict.UNKNOWN, said, do)


def found(question: str, said: str, seen: Mapping[str, Any], *, good: bool) -> LiveStep:
    """The answer to an open question; not `good`: the bridge assumes otherwise."""
    verdict = DoctorVerdict.OK if good else DoctorVerdict.WARN
    do = "" if good else "Please send the report to the project: the bridge assumes the opposite."
    return LiveStep(verdict, said, do, seen, {question: said})


@dataclass(frozen=True)
class LiveRecord:
    """One check: begun, perhaps ended. `salt` makes its names for creators this check's only."""

    begun: Millis
    version: str  # of this program
    contract: str  # Fanvue's version that was asked for
    salt: str
    ended: Millis | None = None
    steps: Mapping[str, LiveStep] = field(default_factory=dict)

    def with_step(self, name: str, step: LiveStep) -> "LiveRecord":
        return replace(self, steps={**self.steps, name: step})

    def label(self, creator: str) -> str:
        """A creator's name in the report."""
        return "creator-" + hashlib.sha256(f"{self.salt}:{creator}".encode()).hexdigest()[:8]

    def answers(self) -> Mapping[str, Mapping[str, str]]:
        """Open question → step → what it answered."""
        found: dict[str, dict[str, str]] = {}
        for name, step in self.steps.items():
            for question, answer in step.answers.items():
                found.setdefault(question, {})[name] = answer
        return found

    def goes_on(self, version: str, contract: str, now: Millis, *, ended: bool = False) -> bool:
        """Whether a new start takes this one up; `ended`: also one that came to its end."""
        same = (self.version, self.contract) == (version, contract)
        return same and (ended or self.ended is None) and 0 <= now - self.begun < FRESH


def read_record(folder: Path, name: str = NAME) -> LiveRecord | None:
    """The last check; None where there is none that can be read."""
    try:
        known = json.loads((folder / name).read_text("utf-8"))
        steps = {
            str(name): LiveStep(**{**step, "verdict": DoctorVerdict(step["verdict"])})
            for name, step in known.pop("steps").items()
        }
        return LiveRecord(**known, steps=steps)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_record(folder: Path, record: LiveRecord, name: str = NAME) -> None:
    """Keep it, whole or not at all. Raises OSError."""
    text = json.dumps(vars(record), ensure_ascii=True, default=vars)  # asdict would copy every step each time
    write_privately(folder / name, text.encode("ascii"))


def write_proven(folder: Path, facts: ProvenFacts) -> None:
    """Keep what was proven, for the bridge. Raises OSError."""
    write_privately(folder / proven.NAME, json.dumps(asdict(facts)).encode("ascii"))
