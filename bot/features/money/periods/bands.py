"""Figures as they are shown: to the cent, or in ranges (pure)."""

from collections.abc import Iterator, Mapping

from bot.access.roles import MoneyView
from bot.features.money.periods.currency_sums import DOLLARS, SourceSum
from bot.text.render import money
from storage.records import Cents

_STEPS = (100, 250, 500)  # 10, 25, 50, 100, 250, 500, … of whatever is counted
_HUNDRED = 100  # cents


class ExactFigures:
    """To the cent, and to the last one."""

    note: str | None = None

    def money(self, cents: Cents, currency: str | None = None) -> str:
        return money(cents, currency)

    def number(self, count: int) -> str:
        return f"{count:,}"

    def many(self, count: int, what: str) -> str:
        return f"{count:,} {what}{'' if count == 1 else 's'}"

    def drawn(self, cents: Cents) -> Cents:
        """The amount as the picture shows it."""
        return cents

    def parts(self, by_source: Mapping[str, SourceSum]) -> list[tuple[str, SourceSum]]:
        """The sources, most first."""
        return sorted(by_source.items(), key=lambda item: (-self.drawn(item[1].gross), item[0]))


class BandedFigures(ExactFigures):
    """In ranges: $100 to $250. What lies in the same range looks the same, in a picture too."""

    note = "You see figures in ranges."

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """The range of an amount; nothing at all is in the lowest."""
        low, high = band(abs(cents) // _HUNDRED)
        sign = "-" if cents < 0 else ""
        if low == 0:
            return f"{sign}{_whole(high, currency)} or less"
        return f"{sign}{_whole(low, currency)} to {sign}{_whole(high, currency)}"

    def number(self, count: int) -> str:
        """The range of a number."""
        low, high = band(count)
        return f"up to {high:,}" if low == 0 else f"{low:,} to {high:,}"

    def many(self, count: int, what: str) -> str:
        """The range of how many of something."""
        return f"{self.number(count)} {what}s"

    def drawn(self, cents: Cents) -> Cents:
        """The upper end of the range, so that no height says more than the words; nothing stays nothing."""
        if cents == 0:
            return 0
        high = band(abs(cents) // _HUNDRED)[1] * _HUNDRED
        return high if cents > 0 else -high


Show = ExactFigures
EXACT, BANDED = ExactFigures(), BandedFigures()


def shown_to(level: MoneyView) -> Show:
    """The way figures are shown at a level. Not for readers who see none."""
    assert level is not MoneyView.HIDDEN, "a member who sees no figures may not ask for them"
    return EXACT if level is MoneyView.EXACT else BANDED


def floor_of(cents: Cents) -> Cents:
    """The start of the range of an amount from 0 on."""
    return band(cents // _HUNDRED)[0] * _HUNDRED


def band(whole: int) -> tuple[int, int]:
    """The range in which a whole number from 0 on lies: from the first, up to just below the second."""
    low = 0
    for high in _edges():
        if whole < high:
            return low, high
        low = high
    raise AssertionError("the edges never end")


def _edges() -> Iterator[int]:
    power = 1
    while True:
        for step in _STEPS:
            yield step * power // 10
        power *= 10


def _whole(units: int, currency: str | None) -> str:
    """A round amount without its cents."""
    told = money(units * _HUNDRED, currency or DOLLARS)
    return told.replace(".00", "", 1)
