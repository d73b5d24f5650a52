"""/money subscribers show: a creator's days by events, and Fanvue's own figures."""

import asyncio
from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.features.money.periods.bands import Show, shown_to
from bot.features.money.periods.choice_rules import asked
from bot.features.money.periods.days import Days
from bot.features.money.periods.fanvue import CreatorSubscriberFigures, FanvueCreatorFigures
from bot.features.money.periods.read_limit import FiguresUnavailable, told
from bot.features.money.subscribers import texts
from bot.features.money.subscribers.counting_rules import by_rows
from bot.features.money.subscribers.gap_texts import SubscriptionSummary
from bot.features.money.subscribers.records import SubscriptionRecords, heard_of, kept_of
from bot.model.ports import Picture, Post
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.money import digests
from storage.records import CreatorId, Link


class SubscribersService:
    """Whether somebody may ask was looked up before."""

    def __init__(self, ctx: Context, *, reading: FanvueCreatorFigures) -> None:
        self._ctx = ctx
        self._reading = reading

    async def subscribers(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """The changes on the days typed, with a picture of them. Raises FiguresUnavailable.

        `level`: how exactly they see figures. A missing answer of Fanvue's is said in its place.
        """
        now, show = self._ctx.clock.now(), shown_to(level)
        zone = await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator))
        meant = asked(period, now, zone_of(zone or DEFAULT_ZONE), level)
        days, utc = meant.days, asked(period, now, ZoneInfo(DEFAULT_ZONE), level).days
        kept = await self._ctx.database.read(lambda tx: kept_of(tx, link.creator, days, now))
        heard = heard_of(kept, days, now)
        theirs = await self._theirs(link.creator, utc)
        post = texts.subscribers(heard, theirs, (days, utc), meant.name, link, show)
        return post, await asyncio.to_thread(_drawn, kept, heard, link, show)

    async def _theirs(self, creator: CreatorId, utc: Days) -> CreatorSubscriberFigures | str:
        """Fanvue's figures, or why it has none."""
        try:
            return await told(lambda: self._reading.audience(creator, utc))
        except FiguresUnavailable as why:
            return str(why)


def _drawn(kept: SubscriptionRecords, heard: SubscriptionSummary, link: Link, show: Show) -> Picture | None:
    """Runs in a thread of its own; None: there is nothing to draw."""
    if not kept.changes:
        return None
    from bot.features.money.charts import bars, model  # noqa: PLC0415 - Pillow takes 50 ms to import

    chart = texts.chart(by_rows(kept.changes, heard.days), heard, link, show)
    return Picture("subscribers.png", bars.draw(chart), model.described(chart))
