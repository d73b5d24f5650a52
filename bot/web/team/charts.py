"""Earnings as bars, drawn as SVG on the server (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.features.money.periods.bands import Show
from bot.features.money.periods.columns import WEEK, BarPeriod, EarningsBar, label
from storage.records import Cents

_WIDTH, _HEIGHT, _TOP, _FOOT = 640, 260, 38, 36
_NAMES = 5  # below the bars, at most
_ROUND = 3
_LEAST = 2  # pixels of what is not nothing


@dataclass(frozen=True)
class _Scale:
    low: Cents
    high: Cents

    def at(self, cents: Cents) -> float:
        room = _HEIGHT - _TOP - _FOOT
        return _TOP + room * (self.high - cents) / (self.high - self.low)


def drawn(bars: Sequence[EarningsBar], by: BarPeriod, currency: str, show: Show, title: str) -> str:
    """The bars with the highest amount above; nobody reads more from it than `show` says in words."""
    values = [show.drawn(bar.gross) for bar in bars]
    low, high = min(0, *values), max(0, *values)
    if low == high:
        return ""
    scale, slot = _Scale(low, high), _WIDTH / len(bars)
    parts = [f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{_TOP}" y2="{_TOP}"/>']
    if high > 0:
        most = max(bars, key=lambda bar: show.drawn(bar.gross)).gross
        parts.append(f'<text x="0" y="{_TOP - 9}">{escape(show.money(most, currency))}</text>')
    parts += [_bar(number, value, slot, scale) for number, value in enumerate(values) if value]
    zero = scale.at(0)
    parts.append(f'<line class="zero" x1="0" x2="{_WIDTH}" y1="{zero:.1f}" y2="{zero:.1f}"/>')
    parts += _names([label(bar, by, few=len(bars) <= WEEK) for bar in bars], slot)
    return (
        f'<figure><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg></figure>"
    )


def _bar(number: int, value: Cents, slot: float, scale: _Scale) -> str:
    top, foot = sorted((scale.at(value), scale.at(0)))
    wide = slot * 0.7
    return (
        f'<rect class="{"in" if value > 0 else "back"}" x="{(number + 0.15) * slot:.1f}" y="{top:.1f}" '
        f'width="{wide:.1f}" height="{max(foot - top, _LEAST):.1f}" rx="{_ROUND}"/>'
    )


def _names(names: Sequence[str], slot: float) -> list[str]:
    step = -(-len(names) // _NAMES) if len(names) > WEEK else 1
    found = []
    for number in range(len(names) - 1, -1, -step):  # counted from the newest, which always has its name
        middle, last = (number + 0.5) * slot, number == len(names) - 1
        first = number == 0
        side = "end" if last and len(names) > WEEK else "start" if first and len(names) > WEEK else "middle"
        at = _WIDTH if side == "end" else 0 if side == "start" else middle
        found.append(
            f'<text x="{at:.1f}" y="{_HEIGHT - 9}" text-anchor="{side}">{escape(names[number])}</text>'
        )
    return found
