"""What a look came to: well or not, in one sentence, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How well it is."""

    OK = "ok"
    WARN = "warn"  # the bridge works, but less well or not for long
    BAD = "bad"  # the bridge does not work, or not for this creator
    UNKNOWN = "unknown"  # could not be found out


@dataclass(frozen=True)
class Finding:
    """One line. No secret is ever in it."""

    name: str
    verdict: Verdict
    says: str
    do: str = ""


@dataclass(frozen=True)
class Group:
    """Findings under one heading."""

    title: str
    findings: Sequence[Finding]


def ok(name: str, says: str) -> Finding:
    """All is well."""
    return Finding(name, Verdict.OK, says)


def warn(name: str, says: str, do: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding(name, Verdict.WARN, says, do)


def bad(name: str, says: str, do: str) -> Finding:
    """It does not work."""
    return Finding(name, Verdict.BAD, says, do)


def unknown(name: str, says: str, do: str) -> Finding:
    """Nobody can tell."""
    return Finding(name, Verdict.UNKNOWN, says, do)
