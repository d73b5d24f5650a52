"""At which hours of which weekdays most comes in (pure)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark
from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import code_of
from bot.features.money.periods.date_words import short_weekday, span_words
from bot.features.money.periods.days import Days
from bot.model.language import tr
from storage.money.earning_answers import HourOfWeek
from storage.records import Cents

SHOWN = 8
_MONDAY = date(2001, 1, 1)


@dataclass(frozen=True)
class HourSlot:
    """One hour of one weekday: its average income, in how many weeks, by how many payments."""

    weekday: int  # 0 is Monday
    hour: int
    average: Cents
    weeks: int
    number: int

    @property
    def name(self) -> str:
        """In words: Fri 21:00 to 22:00."""
        return tr(
            "{weekday} {first} to {last}",
            weekday=short_weekday(_MONDAY + timedelta(days=self.weekday)),
            first=f"{self.hour:02d}:00",
            last=f"{(self.hour + 1) % 24:02d}:00",
        )


def best(found: Sequence[HourOfWeek], days: Days, show: Show) -> tuple[str, Sequence[HourSlot]] | None:
    """The currency in which most was paid, and its best hours; None when nothing came in.

    Weekdays are not equally many in a range, so an hour counts as it was on average. What looks the same
    is in the order of the week.
    """
    numbers: dict[str, int] = defaultdict(int)
    for one in found:
        numbers[code_of(one.currency)] += one.number
    if not numbers:
        return None
    code = max(sorted(numbers), key=lambda name: numbers[name])
    slots = _slots([one for one in found if code_of(one.currency) == code], days)
    slots = [slot for slot in slots if slot.average > 0]
    slots.sort(key=lambda slot: (-show.drawn(slot.average), slot.weekday, slot.hour))
    return (code, slots[:SHOWN]) if slots else None


def _slots(found: Sequence[HourOfWeek], days: Days) -> list[HourSlot]:
    weeks: dict[int, int] = defaultdict(int)
    for day in days.each():
        weeks[day.weekday()] += 1
    gross: dict[tuple[int, int], Cents] = defaultdict(int)
    number: dict[tuple[int, int], int] = defaultdict(int)
    for one in found:
        gross[one.weekday, one.hour] += one.gross
        number[one.weekday, one.hour] += one.number
    return [
        HourSlot(weekday, hour, cents // weeks[weekday], weeks[weekday], number[weekday, hour])
        for (weekday, hour), cents in gross.items()
    ]


def drawn(title: str, slots: Sequence[HourSlot], code: str, days: Days, show: Show) -> BarChart:
    """The picture of these hours, best first."""
    marks = tuple(ChartMark(show.drawn(slot.average), show.money(slot.average, code)) for slot in slots)
    span = span_words(days.first, days.last).replace("–", "-")
    return BarChart(
        title=title,
        small=tr("Gross on average, {span}, {zone}", span=span, zone=days.zone.key),
        labels=tuple(slot.name for slot in slots),
        columns=(ChartColumn(tr("Gross"), marks),),
    )
