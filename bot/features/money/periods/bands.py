"""Figures as they are shown: to the cent, or in ranges (pure)."""

from collections.abc import Iterator, Mapping

from bot.access.roles import MoneyView
from bot.features.money.periods.currency_sums import SourceSum
from bot.model.language import number_text, tr, tr_many
from bot.text.render import money, whole_money
from storage.records import Cents

_STEPS = (100, 250, 500)  # 10, 25, 50, 100, 250, 500, … of whatever is counted
_HUNDRED = 100  # cents


class ExactFigures:
    """To the cent, and to the last one."""

    @property
    def note(self) -> str | None:
        """What is said where figures are not exact; None: they are."""
        return None

    def money(self, cents: Cents, currency: str | None = None) -> str:
        return money(cents, currency)

    def number(self, count: int) -> str:
        return number_text(count)

    def many(self, count: int, what: tuple[str, str]) -> str:
        """How many of something, which `msgid_many` has marked."""
        return tr_many(*what, count)

    def drawn(self, cents: Cents) -> Cents:
        """The amount as the picture shows it."""
        return cents

    def parts(self, by_source: Mapping[str, SourceSum]) -> list[tuple[str, SourceSum]]:
        """The sources, most first."""
        return sorted(by_source.items(), key=lambda item: (-self.drawn(item[1].gross), item[0]))


class BandedFigures(ExactFigures):
    """In ranges: $100 to $250. What lies in the same range looks the same, in a picture too."""

    @property
    def note(self) -> str | None:
        return tr("You see figures in ranges.")

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """The range of an amount; nothing at all is in the lowest."""
        low, high = band(abs(cents) // _HUNDRED)
        sign = "-" if cents < 0 else ""
        if low == 0:
            return tr("{high} or less", high=f"{sign}{whole_money(high, currency)}")
        return tr(
            "{low} to {high}",
            low=f"{sign}{whole_money(low, currency)}",
            high=f"{sign}{whole_money(high, currency)}",
        )

    def number(self, count: int) -> str:
        """The range of a number."""
        low, high = band(count)
        return (
            tr("up to {high}", high=number_text(high))
            if low == 0
            else tr("{low} to {high}", low=number_text(low), high=number_text(high))
        )

    def many(self, count: int, what: tuple[str, str]) -> str:
        """The range of how many of something."""
        return tr_many(*what, band(count)[1], n=self.number(count))

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
