"""Draws a chart of a sum in a thread of its own, with its words beside it."""

import asyncio

from bot.features.money.periods.bands import Show
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.model.ports import Picture


async def drawn(one: CurrencySum, days: Days, show: Show, name: str = "earnings.png") -> Picture:
    """The picture; the same sum gives the same one each time."""
    return await asyncio.to_thread(_drawn, one, days, show, name)


def _drawn(one: CurrencySum, days: Days, show: Show, name: str) -> Picture:
    from bot.features.money.periods import chart  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts ever draw

    return Picture(name, chart.draw(one, days, show), chart.described(one, days, show))
