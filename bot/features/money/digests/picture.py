"""The chart of a digest: kept as its numbers, drawn when it is posted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.access.roles import MoneyView
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.chart_renderer import drawn
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.model.ports import Picture
from bot.text.time_zones import zone_of

NAME = "digest.png"


def pack(chart: tuple[CurrencySum, Days]) -> dict[str, Any]:
    """Its bars' data, as JSON."""
    one, days = chart
    return {
        "currency": one.currency,
        "gross": one.gross,
        "net": one.net,
        "count": one.count,
        "without_net": one.without_net,
        "zone": days.zone.key,
        "days": {day.isoformat(): cents for day, cents in one.by_day.items()},
    }


async def picture_of(packed: Mapping[str, Any], level: MoneyView) -> Picture:
    """The picture of what `pack` made, as exactly as its readers see figures; `level` is not HIDDEN."""
    by_day = {date.fromisoformat(day): cents for day, cents in packed["days"].items()}
    # What an earlier version packed has no numbers of transactions.
    number, without = packed.get("count", 0), packed.get("without_net", 0)
    one = CurrencySum(packed["currency"], packed["gross"], packed["net"], number, without, {}, by_day)
    days = Days(zone_of(packed["zone"]), min(by_day), max(by_day))
    return await drawn(one, days, shown_to(level), NAME)
