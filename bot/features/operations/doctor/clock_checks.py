"""Is this machine's clock right? Each answer from outside says what time it is."""

from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime

from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, unknown, warn
from storage.records import Millis

_WARN_SECONDS, _BAD_SECONDS = 5.0, 60.0
_SECOND: Millis = 1000
_SET = "Set this machine's clock, and keep it right with NTP."


class ClockComparison:
    """Notes what each side says; the smallest difference counts, because answers take time."""

    def __init__(self) -> None:
        self._differences: dict[str, list[float]] = {}

    def noting(self, who: str) -> Callable[[Millis, Millis, Mapping[str, str]], None]:
        """To be told of each answer of `who`: when asked, when answered, its headers."""

        def note(asked: Millis, answered: Millis, headers: Mapping[str, str]) -> None:
            seconds = ahead(asked, answered, headers.get("Date", ""))
            if seconds is not None:
                self._differences.setdefault(who, []).append(seconds)

        return note

    def findings(self, *whose: str) -> Sequence[DoctorFinding]:
        """One line for each of them."""
        return [_finding(who, self._differences.get(who)) for who in whose]


def ahead(asked: Millis, answered: Millis, date: str) -> float | None:
    """The seconds this machine is ahead of a `Date` header; 0 when it fits, None when it has no date.

    The header has whole seconds and was written at some time between asking and answering.
    """
    try:
        there = int(parsedate_to_datetime(date).timestamp() * _SECOND)
    except ValueError:
        return None
    if there > answered:
        return (answered - there) / _SECOND
    return max(0, asked - (there + _SECOND)) / _SECOND


def _finding(who: str, differences: Sequence[float] | None) -> DoctorFinding:
    name = f"clock, by {who}"
    if not differences:
        return unknown(name, f"{who} has not told the time", "Ask again once it answers.")
    seconds = min(differences, key=abs)
    if abs(seconds) <= _WARN_SECONDS:
        return ok(name, "right")
    said = f"{abs(seconds):.0f} s {'ahead' if seconds > 0 else 'behind'}"
    if abs(seconds) <= _BAD_SECONDS:
        return warn(name, said, _SET)
    return bad(name, f"{said}: webhooks of more than 300 s off are refused, sign-ins fail", _SET)
