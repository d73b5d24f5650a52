"""Requests about goals: set one, see its progress, remove it."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.money.goals import texts
from bot.features.money.goals.progress import GoalCounter, GoalProgress
from bot.features.money.goals.span_rules import around
from bot.features.money.periods.bands import Show, shown_to
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.ports import LedgerPort
from bot.features.money.periods.read_limit import told
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests, goals
from storage.money.goals import Goal
from storage.records import Cents, CreatorId, Link

_LEAST: Cents = 100
_MOST: Cents = 9_999_999_00


class GoalService:
    """Whether somebody may ask was looked up before."""

    def __init__(self, ctx: Context, *, ledger: LedgerPort, counting: GoalCounter) -> None:
        self._ctx = ctx
        self._ledger = ledger
        self._counting = counting

    async def put(self, link: Link, permit: Permit, span: str, cents: Cents | None, *, net: bool) -> str:
        """Set a goal for each week or month from now on; return the answer. None: the input is no amount."""
        if permit.money is not MoneyView.EXACT:
            return tr(texts.NOT_EXACT)
        if cents is None or not _LEAST <= cents <= _MOST:
            return tr(texts.NO_AMOUNT)
        goal = Goal(link.creator, span, cents, net, self._ctx.clock.now())

        async def work(tx: Transaction) -> None:
            await goals.put(tx, goal)
            await self._note(tx, link, permit, "goal.set", span)

        await self._ctx.database.write(work)
        return tr(texts.SET[span, net], handle=_handle(link), amount=texts.amount(goal))

    async def off(self, link: Link, permit: Permit, span: str) -> str:
        """Remove it; return the answer."""

        async def work(tx: Transaction) -> bool:
            gone = await goals.remove(tx, link.creator, span)
            if gone:
                await self._note(tx, link, permit, "goal.off", span)
            return gone

        gone = await self._ctx.database.write(work)
        return tr((texts.OFF if gone else texts.NO_GOAL)[span], handle=_handle(link))

    async def show(self, link: Link, permit: Permit) -> Post:
        """Show all goals' progress, as exactly as they see figures. Raises FiguresUnavailable."""
        held, today = await self._held(link.creator)
        if not held:
            return Post(title=tr("Goals"), body=(tr(texts.NONE, handle=_handle(link)),))
        stands = await told(lambda: self._stands(held, today))
        return texts.shown(stands, link, shown_to(permit.money))

    async def beside(
        self, creator: CreatorId, days: Days, sums: Sequence[CurrencySum], show: Show
    ) -> Sequence[str]:
        """A line for each goal whose week or month these days are, up to today or to its end."""
        held, today = await self._held(creator)
        lines: list[str] = []
        for goal in held:
            whole = around(goal.span, days.first, days.zone)
            upto = days.last == min(whole.last, today.first)
            if whole.first == days.first and upto and whole.until > goal.set_at:
                lines.append(texts.beside(await self._counting.stand(goal, whole, sums), show))
        return lines

    async def _held(self, creator: CreatorId) -> tuple[Sequence[Goal], Days]:
        async def work(tx: Transaction) -> tuple[Sequence[Goal], str | None]:
            return await goals.of_creator(tx, creator), await digests.zone(tx, creator)

        held, name = await self._ctx.database.read(work)
        zone = zone_of(name or DEFAULT_ZONE)
        today = day_of(self._ctx.clock.now(), zone)
        return held, Days(zone, today, today)

    async def _stands(self, held: Sequence[Goal], today: Days) -> Sequence[GoalProgress]:
        return [await self._stand(goal, today) for goal in held]

    async def _stand(self, goal: Goal, today: Days) -> GoalProgress:
        whole = around(goal.span, today.first, today.zone)
        so_far = Days(today.zone, whole.first, today.last)
        told = await self._ledger.earnings(goal.creator, so_far)
        return await self._counting.stand(goal, whole, told.sums)

    async def _note(self, tx: Transaction, link: Link, permit: Permit, action: str, span: str) -> None:
        actor = permit.actor.user
        await self._ctx.trail.write(tx, action, "done", target=span, actor=actor, creator=link.creator)


def _handle(link: Link) -> str:
    return safe(one_line(link.handle, 40))
