"""What a mass message leaves out: as a draft has it, exactly, and counted (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.features.publishing.safety.frequency_rules import FrequencyRule
from storage.records import Millis

KEY = "leave"  # in the content of a mass message
LIVE, CAP = "live", "cap"  # as a draft has it


@dataclass(frozen=True)
class ExclusionChoice:
    """`hours`: 0: whoever is in conversation is not left out. `rule`: None: nobody had too many."""

    hours: int = 0
    rule: FrequencyRule | None = None


@dataclass(frozen=True)
class ExclusionTally:
    """How many that is at a moment; it stands in a preview, and in nothing that is kept of it.

    `over`: None: that could not be counted. `gone`: lists that are not there any more to be read.
    """

    live: int
    over: int | None
    gone: Sequence[str]
    as_of: Millis


def packed(leave: ExclusionChoice) -> dict[str, Any]:
    """As JSON."""
    return asdict(leave)


def unpacked(found: Mapping[str, Any]) -> ExclusionChoice:
    """What `packed` made."""
    rule = found["rule"]
    return ExclusionChoice(found["hours"], None if rule is None else FrequencyRule(**rule))
