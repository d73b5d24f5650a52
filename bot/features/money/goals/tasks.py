"""Notices that a goal was reached, and has it told once.

The row that says so and the alert are one transaction. A week or month that is over is looked at for as long
as the one after it lasts, because Fanvue lists late. A told goal stays told, even if money goes back.
"""

from zoneinfo import ZoneInfo

from bot.engine.channel_languages import in_channels
from bot.features.money.goals.progress import GoalCounter
from bot.features.money.goals.span_rules import around, before, worded
from bot.features.money.periods.days import Days, day_of
from bot.model.news import GoalReached
from bot.relay.alerts import AlertRouter
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import goals
from storage.money.goals import Goal


class GoalWatcher:
    """`telling`: who is told of it, by the rules of alerts."""

    def __init__(self, ctx: Context, *, counting: GoalCounter, telling: AlertRouter) -> None:
        self._ctx = ctx
        self._counting = counting
        self._telling = telling

    async def look(self) -> None:
        """To be called every half a minute or so."""
        for goal, zone in await self._ctx.database.read(goals.running):
            for days in self._spans(goal, zone_of(zone or DEFAULT_ZONE)):
                await self._look(goal, days)

    def _spans(self, goal: Goal, zone: ZoneInfo) -> list[Days]:
        now = around(goal.span, day_of(self._ctx.clock.now(), zone), zone)
        return [days for days in (before(goal.span, now), now) if days.until > goal.set_at]

    async def _look(self, goal: Goal, days: Days) -> None:
        first = days.first.isoformat()
        if await self._ctx.database.read(lambda tx: goals.was_told(tx, goal, first)):
            return
        if await self._counting.came(goal, days) < goal.cents:
            return

        async def work(tx: Transaction) -> None:
            if not await goals.tell(tx, goal, first, now=self._ctx.clock.now()):
                return
            kind = "net" if goal.net else "gross"
            cause = f"goal:{goal.creator}:{goal.span}:{first}:{goal.cents}:{kind}"
            async with in_channels(tx, goal.creator):
                when = worded(goal.span, days)
            news = GoalReached(goal.creator, goal.span, when, goal.cents, goal.net, self._ctx.clock.now())
            await self._telling.tell(tx, news, cause)

        await self._ctx.database.write(work)
