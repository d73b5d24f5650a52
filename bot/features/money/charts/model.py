"""The content of a bar chart: rows, and for each figure a column of bars (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.language import tr

_ALT = 1024  # characters that Discord takes as the description of a picture


@dataclass(frozen=True)
class ChartMark:
    """One bar. `words`: the number as it is written at its end; `size`: how long it is, never below 0."""

    size: float
    words: str


@dataclass(frozen=True)
class ChartColumn:
    """One figure of every row; None where it is not known, which is not the same as nothing."""

    name: str
    marks: tuple[ChartMark | None, ...]


@dataclass(frozen=True)
class BarChart:
    """A chart: a row for each label, a column for each figure. Bars are compared within a column."""

    title: str
    small: str
    labels: tuple[str, ...]
    columns: tuple[ChartColumn, ...]


def described(chart: BarChart) -> str:
    """The same in words, for those who cannot see it: at most 1,024 characters, whole rows."""
    text = tr(
        "Bar chart, {title}, {small}. {columns}: ",
        title=chart.title,
        small=chart.small,
        columns=tr(" and ").join(one.name for one in chart.columns),
    )
    rows = list(_rows(chart))
    for number, row in enumerate(rows):
        left = len(rows) - number
        room = _ALT - len(_left(left)) - 1
        if len(text) + len(row) + 2 > room:
            return f"{text.rstrip('; ')}. {_left(left)}"[:_ALT]
        text += f"{row}; "
    return f"{text.rstrip('; ')}."


def _left(rows: int) -> str:
    return tr("And {number} more rows.", number=rows)


def _rows(chart: BarChart) -> Iterator[str]:
    for number, label in enumerate(chart.labels):
        told = [column.marks[number] for column in chart.columns]
        yield f"{label} {', '.join(tr('not known') if one is None else one.words for one in told)}"
