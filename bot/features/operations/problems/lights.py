"""A line of /inbox status: a light, its text, and what to do where it is red."""

from collections.abc import Sequence

from storage.records import Millis

_RED, _GREEN = "🔴", "🟢"


def light(well: bool, what: str, otherwise: str = "see above") -> str:  # noqa: FBT001 - red or green is all there is
    return f"{_GREEN} {what}." if well else f"{_RED} {what}: {otherwise.rstrip('.')}."


def reds(told: Sequence[str]) -> int:
    return sum(line.startswith(_RED) for line in told)


def ago(at: Millis) -> str:
    return f"<t:{at // 1000}:R>"
