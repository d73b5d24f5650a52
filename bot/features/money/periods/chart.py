"""A sum as a picture: bars for days or sources, with numbers on them (pure)."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor

from bot.features.money.charts.canvas import BACK, GRID, IN, LIGHT, QUIET, Canvas
from bot.features.money.periods.bands import EXACT, Show
from bot.features.money.periods.columns import WEEK, BarPeriod, bars, label
from bot.features.money.periods.currency_sums import DOLLARS, CurrencySum
from bot.features.money.periods.date_words import days_between
from bot.features.money.periods.days import Days
from bot.features.money.periods.net_rules import net_of, net_short
from bot.features.money.periods.texts import source_of
from bot.model.language import msgid, number_text, tr
from bot.text.render import money
from storage.records import Cents

# A phone shows it at about a third of its size, so the smallest letters are still 11 points there.
_WIDTH, _SIDE = 1080, 48
_BIG, _MIDDLE, _SMALL = 66, 42, 36
_HEAD = 190  # pixels of the heading
_TALL = 760
_ROW = 96
_MOST_ROWS = 8
_GAPS = 4
_APART = 1.6  # names from middle to middle, in widths of one; the last one may be moved to the left
_ALT = 1024  # characters that Discord takes as the description of a picture
_STEPS = (1, 2, 5)
_DESCRIBED: Mapping[BarPeriod | None, str] = {  # None: by source
    None: msgid("Bar chart of the gross by source, {span}, in all {gross}: "),
    BarPeriod.DAY: msgid("Bar chart of the gross by day, {span}, in all {gross}: "),
    BarPeriod.WEEK: msgid("Bar chart of the gross by week, {span}, in all {gross}: "),
    BarPeriod.MONTH: msgid("Bar chart of the gross by month, {span}, in all {gross}: "),
}
_MERGED = {BarPeriod.WEEK: msgid(", by week"), BarPeriod.MONTH: msgid(", by month")}


def draw(one: CurrencySum, days: Days, show: Show = EXACT) -> bytes:
    return _by_source(one, days, show) if days.first == days.last else _by_day(one, days, show)


def described(one: CurrencySum, days: Days, show: Show = EXACT) -> str:
    """The same in words, for those who cannot see it: at most 1,024 characters, whole parts."""
    if days.first == days.last:
        found = show.parts(one.by_source)
        said = _DESCRIBED[None]
        parts = [f"{source_of(name)} {show.money(part.gross, one.currency)}" for name, part in found]
    else:
        kind, columns = bars(one.by_day)
        said = _DESCRIBED[kind]
        parts = [f"{label(bar, kind, few=False)} {show.money(bar.gross, one.currency)}" for bar in columns]
    text = tr(said, span=_span(days), gross=show.money(one.gross, one.currency))
    return text + _as_many(parts, _ALT - len(text))


def _as_many(parts: Sequence[str], room: int) -> str:
    """As many parts as fit, and how many do not."""
    told = ", ".join(parts)
    kept = len(parts)
    while len(told) > room:
        kept -= 1
        told = tr("{parts}, and {number} more", parts=", ".join(parts[:kept]), number=len(parts) - kept)
    return told


def _head(sheet: Canvas, one: CurrencySum, days: Days, show: Show) -> None:
    gross, net = show.money(one.gross, one.currency), net_short(net_of([one]), one.currency, show)
    said = tr("{gross} gross", gross=gross)
    room = _WIDTH - 3 * _SIDE - sheet.width_of(said, size=_BIG)
    if show.note is None and sheet.width_of(net, size=_MIDDLE) <= room:
        sheet.words((_SIDE, 90), said, size=_BIG)
        sheet.words((_WIDTH - _SIDE, 90), net, size=_MIDDLE, colour=QUIET, anchor="rs")
    else:  # such as a range, which is too long to stand beside another one
        sheet.words((_SIDE, 58), said, size=_MIDDLE)
        sheet.words((_SIDE, 104), net, size=_SMALL, colour=QUIET)
    by, _ = bars(one.by_day)
    merged = tr(_MERGED.get(by, ""))
    sheet.words((_SIDE, 150), f"{_span(days)}{merged}, {days.zone.key}", size=_SMALL, colour=QUIET)


def _span(days: Days) -> str:
    return days_between(days.first, days.last)


# ── one day: a row for each source ──


def _by_source(one: CurrencySum, days: Days, show: Show) -> bytes:
    parts = show.parts(one.by_source)[:_MOST_ROWS]
    sheet = Canvas(_WIDTH, _HEAD + max(len(parts), 1) * _ROW + _SIDE)
    _head(sheet, one, days, show)
    longest = max((abs(show.drawn(part.gross)) for _name, part in parts), default=0) or 1
    for number, (name, part) in enumerate(parts):
        top = _HEAD + number * _ROW + 10
        sheet.words((_SIDE, top + 34), source_of(name).replace("\\", ""), size=_SMALL)
        amount = show.money(part.gross, one.currency)
        sheet.words((_WIDTH - _SIDE, top + 34), amount, size=_SMALL, anchor="rs")
        length = max(abs(show.drawn(part.gross)) / longest * (_WIDTH - 2 * _SIDE), 6)
        sheet.bar((_SIDE, top + 48), (_SIDE + length, top + 70), IN if part.gross >= 0 else BACK)
    return sheet.png()


# ── several days: a bar for each, or for each week or month ──


def _by_day(one: CurrencySum, days: Days, show: Show) -> bytes:
    sheet = Canvas(_WIDTH, _TALL)
    _head(sheet, one, days, show)
    by, columns = bars(one.by_day)
    values = [show.drawn(bar.gross) for bar in columns]
    ticks = _ticks(min(0, *values), max(0, *values))
    write = _writer(one.currency)
    left = _SIDE + max(sheet.width_of(write(tick), size=_SMALL) for tick in ticks) + 18
    top, bottom = _HEAD + 60, _TALL - 78
    scale = (bottom - top) / (ticks[-1] - ticks[0])

    def height(cents: Cents) -> float:
        return bottom - (cents - ticks[0]) * scale

    for tick in ticks:
        sheet.line((left, height(tick)), (_WIDTH - _SIDE, height(tick)), GRID)
        sheet.words((left - 16, height(tick)), write(tick), size=_SMALL, colour=QUIET, anchor="rm")
    slot = (_WIDTH - _SIDE - left) / len(values)
    for number, value in enumerate(values):
        middle = left + (number + 0.5) * slot
        if value:
            colour = IN if value > 0 else BACK
            sheet.bar((middle - slot * 0.34, height(0)), (middle + slot * 0.34, height(value)), colour)
    sheet.line((left, height(0)), (_WIDTH - _SIDE, height(0)), QUIET)
    few = len(columns) <= WEEK
    _names_below(sheet, [label(bar, by, few=few) for bar in columns], left, slot)
    if show.note is None:  # what a range is, the axis and the words say; above a bar it has no room
        _numbers_above(sheet, [bar.gross for bar in columns], one.currency, (left, slot), height)
    return sheet.png()


def _names_below(sheet: Canvas, names: Sequence[str], left: float, slot: float) -> None:
    step = ceil(max(sheet.width_of(name, size=_SMALL) for name in names) * _APART / slot)
    for number in range(len(names) - 1, -1, -step):  # counted from the newest, which always has its name
        middle = left + (number + 0.5) * slot
        middle = min(middle, _WIDTH - _SIDE / 2 - sheet.width_of(names[number], size=_SMALL) / 2)
        sheet.words((middle, _TALL - 24), names[number], size=_SMALL, colour=QUIET, anchor="ms")


def _numbers_above(
    sheet: Canvas,
    values: Sequence[Cents],
    currency: str,
    place: tuple[float, float],
    height: Callable[[Cents], float],
) -> None:
    """Every bar has its number where they are as few as in a week; else the best and the worst have."""
    (left, slot), write = place, _writer(currency)
    few = len(values) <= WEEK
    marked = {n for n, value in enumerate(values) if value and (few or value in _extremes(values))}
    exact = {number: money(values[number], currency) for number in marked}
    crowded = few and any(sheet.width_of(text, size=_SMALL) > slot for text in exact.values())
    for number in marked:
        text = write(values[number]) if crowded else exact[number]
        half = sheet.width_of(text, size=_SMALL) / 2
        middle = min(max(left + (number + 0.5) * slot, left + half + 8), _WIDTH - _SIDE / 2 - half)
        below = values[number] < 0
        at = height(values[number]) + (16 if below else -16)
        sheet.words((middle, at), text, size=_SMALL, colour=LIGHT, anchor="ma" if below else "ms")


def _extremes(values: Sequence[Cents]) -> set[Cents]:
    """The best one, and the worst if more went back than came in."""
    return {max(values), min(0, *values)}


def _ticks(lowest: Cents, highest: Cents) -> list[Cents]:
    """Whole, round amounts from below the lowest to above the highest."""
    span = max(highest - lowest, 100)
    step, power = 100, 100
    while span / step > _GAPS:
        power = power * 10 if step == power * _STEPS[-1] else power
        step = next((power * part for part in _STEPS if power * part > step), power * 10)
    return list(range(floor(lowest / step) * step, ceil(max(highest, 100) / step) * step + 1, step))


def _writer(currency: str) -> Callable[[Cents], str]:
    """Amounts for the picture: whole, because the text beside it has the cents; in thousands when large."""

    def write(cents: Cents) -> str:
        whole = round(abs(cents) / 100)
        short = whole >= 10_000  # noqa: PLR2004 - five digits
        shown = f"{number_text(round(whole / 1000, 1))}k".replace(".0k", "k") if short else number_text(whole)
        return f"{'-' if cents < 0 else ''}{tr('${amount}', amount=shown) if currency == DOLLARS else shown}"

    return write
