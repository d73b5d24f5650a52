"""A check's result: well or not, in one sentence, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DoctorVerdict(StrEnum):
    OK = "ok"
    WARN = "warn"  # the bridge works, but less well or not for long
    BAD = "bad"  # the bridge does not work, or not for this creator
    UNKNOWN = "unknown"  # could not be found out


@dataclass(frozen=True)
class DoctorFinding:
    """One line. No secret is ever in it."""

    name: str
    verdict: DoctorVerdict
    says: str
    do: str = ""


@dataclass(frozen=True)
class FindingGroup:
    title: str
    findings: Sequence[DoctorFinding]


def ok(name: str, says: str) -> DoctorFinding:
    return DoctorFinding(name, DoctorVerdict.OK, says)


def warn(name: str, says: str, do: str) -> DoctorFinding:
    """It works, but somebody should look at it."""
    return DoctorFinding(name, DoctorVerdict.WARN, says, do)


def bad(name: str, says: str, do: str) -> DoctorFinding:
    return DoctorFinding(name, DoctorVerdict.BAD, says, do)


def unknown(name: str, says: str, do: str) -> DoctorFinding:
    return DoctorFinding(name, DoctorVerdict.UNKNOWN, says, do)
