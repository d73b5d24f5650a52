"""The exclusions of a mass message: as drafted, exact, and counted (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.features.publishing.safety.frequency_rules import FrequencyRule
from storage.records import Millis

KEY = "leave"  # in the content of a mass message
LIVE, CAP = "live", "cap"  # as a draft has it


@dataclass(frozen=True)
class ExclusionChoice:
    """`hours`: 0: fans in conversation are not left out. `rule`: None: nobody had too many."""

    hours: int = 0
    rule: FrequencyRule | None = None


@dataclass(frozen=True)
class ExclusionTally:
    """The counts at a moment; they stand in a preview, and in nothing that is kept of it.

    `over`: None: it could not be counted. `gone`: lists that are not there any more to be read.
    """

    live: int
    over: int | None
    gone: Sequence[str]
    as_of: Millis


def packed(leave: ExclusionChoice) -> dict[str, Any]:
    return asdict(leave)


def unpacked(found: Mapping[str, Any]) -> ExclusionChoice:
    """The inverse of `packed`."""
    rule = found["rule"]
    return ExclusionChoice(found["hours"], None if rule is None else FrequencyRule(**rule))
