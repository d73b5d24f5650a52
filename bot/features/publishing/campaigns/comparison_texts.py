"""The last mass messages side by side, as far as a reader may see figures (pure)."""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.fanvue.models import MassMessageRow
from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark
from bot.features.money.periods.bands import BANDED, EXACT, band
from bot.features.publishing.campaigns.status_rules import OUT, snippet, standing
from bot.features.publishing.campaigns.texts import launched_by
from bot.features.publishing.mass_messages.audience import fans
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import decimal_text, msgid, tr
from bot.model.ports import Post
from bot.text.moments import day_and_month, local_time
from bot.text.render import money
from bot.text.safe_text import in_quotes, one_line, safe
from storage.records import DiscordId, Millis

BOTH, BOUGHT, REVENUE, OPENED = "both", "bought", "revenue", "opened"
FIGURES: Mapping[str, str] = {
    BOTH: msgid("Bought and revenue"),
    BOUGHT: msgid("Bought"),
    REVENUE: msgid("Revenue"),
    OPENED: msgid("Opened"),
}
FEWEST, USUAL, MOST = 5, 10, 20
_WORDS = 30
# What was bought, times its price, is what it earned: whoever sees no amounts sees no exact number either.
_RANGES = msgid("You see figures in ranges, so amounts are left out.")


def shown_figure(figure: str, level: MoneyView) -> str:
    """The figure that a reader gets for this one."""
    if figure == OPENED or level is MoneyView.HIDDEN:
        return OPENED
    return figure if level is MoneyView.EXACT else BOUGHT


def compared(rows: Sequence[MassMessageRow], figure: str, last: int) -> list[MassMessageRow]:
    """Those that went out, the newest first; for purchases and earnings, only those with a price.

    Raises ProposalRefused where there is none.
    """
    out = [row for row in rows if standing(row) in OUT]
    found = out if figure == OPENED else [row for row in out if row.price]
    if not found:
        raise ProposalRefused(
            tr("Nothing to compare yet: no mass message was sent. /mass new sends one.")
            if figure == OPENED
            else tr("Nothing to compare yet: no mass message with a price was sent. /mass new sends one.")
        )
    return sorted(found, key=lambda row: _went_out(row) or 0, reverse=True)[:last]


def chart(
    rows: Sequence[MassMessageRow], figure: str, level: MoneyView, handle: str, zone: ZoneInfo
) -> BarChart:
    return BarChart(
        title=tr("Mass messages of @{handle}", handle=one_line(handle, 40)),
        small=_extent(len(rows), priced=figure != OPENED),
        labels=tuple(_label(number, row, zone) for number, row in enumerate(rows, 1)),
        columns=_columns(rows, figure, level),
    )


def _extent(number: int, *, priced: bool) -> str:
    if number == 1:
        return tr("The only one with a price") if priced else tr("The only one")
    if priced:
        return tr("The last {count} with a price, newest first", count=number)
    return tr("The last {count}, newest first", count=number)


def listed(
    rows: Sequence[MassMessageRow],
    figure: str,
    level: MoneyView,
    handle: str,
    launched: Mapping[str, DiscordId],
) -> Post:
    """The words below the picture: which number is which message."""
    notes = [tr("Counts are from Fanvue, right now.")]
    if level is MoneyView.HIDDEN:
        notes.insert(0, tr("You can't see earnings, so it shows how many opened each."))
    elif level is MoneyView.BANDED and figure != OPENED:
        notes.insert(0, tr(_RANGES))
    return Post(
        title=tr("Mass messages of @{handle} side by side", handle=safe(one_line(handle, 40))),
        body=("\n".join(_line(n, row, launched.get(row.uuid)) for n, row in enumerate(rows, 1)),),
        small="\n".join(notes),
    )


def _columns(rows: Sequence[MassMessageRow], figure: str, level: MoneyView) -> tuple[ChartColumn, ...]:
    def column(name: str, mark: Callable[[MassMessageRow], ChartMark | None]) -> ChartColumn:
        return ChartColumn(name, tuple(map(mark, rows)))

    if figure == OPENED:
        return (column(tr("Opened"), lambda row: _share(row.view_count, row.recipient_count)),)
    if level is not MoneyView.EXACT:
        return (column(tr("Bought, in ranges"), _in_range),)
    bought = column(tr("Bought"), lambda row: _share(row.purchase_count, row.recipient_count))
    revenue = column(tr("Revenue"), _revenue)
    return {BOUGHT: (bought,), REVENUE: (revenue,)}.get(figure, (bought, revenue))


def _share(count: int | None, recipients: int | None) -> ChartMark | None:
    if count is None or not recipients:
        return None
    share = 100 * count / recipients
    return ChartMark(share, f"{decimal_text(share, 1)} %")


def _in_range(row: MassMessageRow) -> ChartMark | None:
    count = row.purchase_count
    return None if count is None else ChartMark(band(count)[1], BANDED.number(count))


def _revenue(row: MassMessageRow) -> ChartMark | None:
    cents = row.total_revenue
    return None if cents is None else ChartMark(max(cents, 0), EXACT.money(cents))


def _label(number: int, row: MassMessageRow, zone: ZoneInfo) -> str:
    at = _went_out(row)
    return f"{number}." if at is None else f"{number}. {day_and_month(local_time(at, zone).date())}"


def _line(number: int, row: MassMessageRow, who: DiscordId | None) -> str:
    at = _went_out(row)
    parts = [f"**{number}.** {tr('time not known') if at is None else f'<t:{at // 1000}:f>'}"]
    parts.append(in_quotes(safe(snippet(row, _WORDS))))
    if row.recipient_count is not None:
        parts.append(fans(row.recipient_count))
    if row.price:
        parts.append(money(row.price))
    return " · ".join([*parts, launched_by(who)])


def _went_out(row: MassMessageRow) -> Millis | None:
    return row.published_at or row.created_at
