"""Draws a chart of bars that a phone shows readably, with its number at each bar."""

from bot.features.money.charts.canvas import BACK, GRID, IN, QUIET, Canvas
from bot.features.money.charts.model import BarChart, ChartColumn
from bot.model.language import msgid, tr

# A phone shows it at about a third of its size, so the smallest letters are still 12 points there.
_WIDTH, _SIDE = 1080, 44
_BIG, _SMALL = 50, 36
_HEAD = 228  # pixels above the first row
_ROW, _THICK = 64, 40
_GAP = 36  # between columns
_NUMBER = 14  # between a bar and its number
_SHORTEST = 60  # of the longest bar, however long the numbers are
_COLOURS = (IN, BACK)
NOT_KNOWN = msgid("not known")


def draw(chart: BarChart) -> bytes:
    sheet = Canvas(_WIDTH, _HEAD + max(len(chart.labels), 1) * _ROW + _SIDE // 2)
    sheet.words((_SIDE, 78), _fit(sheet, chart.title, _BIG), size=_BIG)
    sheet.words((_SIDE, 132), _fit(sheet, chart.small, _SMALL), size=_SMALL, colour=QUIET)
    for number, label in enumerate(chart.labels):
        sheet.words((_SIDE, _middle(number)), label, size=_SMALL, colour=QUIET, anchor="lm")
    left = _SIDE + max((sheet.width_of(one, size=_SMALL) for one in chart.labels), default=0) + _GAP
    wide = (_WIDTH - _SIDE - left + _GAP) / max(len(chart.columns), 1) - _GAP
    for number, column in enumerate(chart.columns):
        _column(sheet, column, left + number * (wide + _GAP), wide, _COLOURS[number % len(_COLOURS)])
    return sheet.png()


def _column(sheet: Canvas, column: ChartColumn, left: float, wide: float, colour: str) -> None:
    sheet.words((left, _HEAD - 26), column.name, size=_SMALL, colour=colour)
    known = [mark for mark in column.marks if mark is not None]
    written = max((sheet.width_of(mark.words, size=_SMALL) for mark in known), default=0)
    room = max(wide - written - _NUMBER, _SHORTEST)
    most = max((mark.size for mark in known), default=0) or 1
    sheet.line((left, _HEAD), (left, _HEAD + len(column.marks) * _ROW), GRID)
    for number, mark in enumerate(column.marks):
        middle = _middle(number)
        length = 0.0 if mark is None else mark.size / most * room
        if length > 0:
            end = left + max(length, 4)
            sheet.bar((left, middle - _THICK / 2), (end, middle + _THICK / 2), colour)
        words, shade = (tr(NOT_KNOWN), {"colour": QUIET}) if mark is None else (mark.words, {})
        sheet.words((left + length + _NUMBER, middle), words, size=_SMALL, anchor="lm", **shade)


def _middle(number: int) -> float:
    return _HEAD + (number + 0.5) * _ROW


def _fit(sheet: Canvas, text: str, size: int) -> str:
    """As much of it as one line holds."""
    if sheet.width_of(text, size=size) <= _WIDTH - 2 * _SIDE:
        return text
    while text and sheet.width_of(f"{text}…", size=size) > _WIDTH - 2 * _SIDE:
        text = text[:-1]
    return f"{text.rstrip()}…"
