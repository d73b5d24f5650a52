"""The days that some days are compared with, and the difference (pure).

The days before are as many days that end where these begin. The same weekdays are those of whole weeks
before, so that a Friday stands against a Friday. Days that are not over are compared with as much of
the other days: up to the same time of the clock on the last one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.features.money.periods.bands import Show
from bot.features.money.periods.change_texts import change
from bot.features.money.periods.currency_sums import DOLLARS, CurrencySum
from bot.features.money.periods.date_words import span_words
from bot.features.money.periods.days import Days, day_of
from bot.model.language import number_text, tr, tr_many
from bot.text.moments import local_time
from storage.records import Cents, Millis

_WEEK = 7


@dataclass(frozen=True)
class ComparisonSpan:
    """Days to compare with, up to a moment that lies in the last of them or ends it."""

    days: Days
    until: Millis
    name: str


def spans(days: Days, as_of: Millis) -> Sequence[ComparisonSpan]:
    """Days to compare with days whose figures are of this moment."""
    length = len(days.each())
    weeks = -(-length // _WEEK)
    if weeks * _WEEK == length:
        name = tr("the {days} days before, the same weekdays", days=number_text(length))
        return [_span(days, length, as_of, name)]
    before = tr("the day before") if length == 1 else tr("the {days} days before", days=number_text(length))
    if length == 1:
        same = tr("the same weekday a week before")
    else:
        same = tr_many(
            "the same weekdays a week before", "the same weekdays {n} weeks before", weeks, n=weeks
        )
    return [_span(days, length, as_of, before), _span(days, weeks * _WEEK, as_of, same)]


def elapsed(days: Days, as_of: Millis) -> str | None:
    """Up to which time of the last day figures of this moment go; None when the days are over."""
    if as_of >= days.until or day_of(as_of, days.zone) != days.last:
        return None
    return f"{local_time(as_of, days.zone):%H:%M}"


def difference(ours: Sequence[CurrencySum], theirs: Sequence[CurrencySum], show: Show) -> str:
    """By how much the gross differs, for each currency of either side."""
    now, then = ({one.currency: one.gross for one in sums} for sums in (ours, theirs))
    codes = list(dict.fromkeys([*now, *then])) or [DOLLARS]
    return "; ".join(_of(now.get(code, 0), then.get(code, 0), code, show) for code in codes)


def _span(days: Days, back: int, as_of: Millis, name: str) -> ComparisonSpan:
    shift = timedelta(days=back)
    before = Days(days.zone, days.first - shift, days.last - shift)
    until = before.until
    if elapsed(days, as_of) is not None:
        until = min(until, _same_time(as_of, shift, days.zone))
    return ComparisonSpan(before, until, f"{name} ({span_words(before.first, before.last)})")


def _same_time(at: Millis, shift: timedelta, zone: ZoneInfo) -> Millis:
    """The same time of the clock so many days before; one that was skipped is the moment after."""
    local = local_time(at, zone).replace(tzinfo=None) - shift
    naive = datetime(local.year, local.month, local.day, local.hour, local.minute, local.second, tzinfo=zone)
    return int(naive.timestamp()) * 1000 + at % 1000


def _of(ours: Cents, theirs: Cents, code: str, show: Show) -> str:
    then = tr("{amount} then", amount=show.money(theirs, code))
    if show.note is not None:  # a percentage would say more than two ranges do
        return then
    told = change(ours, theirs)
    if told is not None and theirs == 0:
        return f"**{told}**"
    return then if told is None else f"**{told}** ({then})"
