"""A creator's sales, page by page for their leads, each with why it is whose."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.money.credit import files, sales_texts
from bot.features.money.credit.explanation_texts import ExplainedSale
from bot.features.money.credit.sales_reader import CreditSalesReader
from bot.features.money.credit.sales_texts import PAGE
from bot.features.money.credit.statement_service import StatementPage
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.model.language import number_text, tr
from bot.relay import live_money, reassignment
from bot.relay.context import Context
from bot.relay.impostors import label_of
from storage.database import Transaction
from storage.engine import commands
from storage.inbox import fans
from storage.money import credit_moves, earning_events
from storage.money.credited_sales import Sale
from storage.records import CreatorId, Pseudonym

_MOST = 50_000  # lines of a file: more does not fit into what Discord takes


class CreditSalesService:
    """Whether somebody may ask was looked up before. Raises FiguresUnavailable."""

    def __init__(self, ctx: Context, *, reading: CreditSalesReader) -> None:
        self._ctx = ctx
        self._reading = reading
        self._names = ctx.trail.pseudonyms

    async def page(self, permit: Permit, period: str, number: int, *, as_file: bool) -> StatementPage:
        """`number`: which page, from 1 on; `as_file`: and all of them as a file."""
        if permit.money is MoneyView.HIDDEN:
            raise FiguresUnavailable(tr(sales_texts.HIDDEN))
        assert permit.creator is not None, "the action is about a creator"
        lot, show = await self._reading.of(permit.creator, period, permit.money), shown_to(permit.money)
        found, of = await self._reading.sales(lot, limit=PAGE, skipped=(number - 1) * PAGE)
        post = sales_texts.page(
            await self._ctx.database.read(lambda tx: self.told(tx, lot.creator, found)),
            handle=lot.handle,
            named=lot.name,
            days=lot.days,
            ledgered=lot.ledgered,
            show=show,
            window=self._reading.window,
            number=number,
            of=of,
        )
        if not as_file:
            return StatementPage(post)
        rows, _ = await self._reading.sales(lot, limit=_MOST)
        if of > _MOST:
            post = replace(post, small=f"{post.small}\n{tr(sales_texts.CUT, number=number_text(_MOST))}")
        there = {who for one in rows for who in (one.sender, one.last, one.given) if who is not None}
        names = await self._ctx.database.read(lambda tx: commands.names_of(tx, there))
        return StatementPage(
            post, files.sales(lot.handle, rows, names, show, exact=permit.money is MoneyView.EXACT)
        )

    async def told(self, tx: Transaction, creator: CreatorId, sales: Sequence[Sale]) -> list[ExplainedSale]:
        """The same with their fans' names, as far as these are known, and who gave them away and why."""
        called = await self._called(tx, creator, {one.fan for one in sales if one.fan is not None})
        marked = await earning_events.marked(tx, creator, [sale.key for sale in sales])
        found = []
        for sale in sales:
            move = None if sale.move is None else await credit_moves.get(tx, creator, sale.move)
            why = None if move is None else reassignment.opened(self._ctx.sealer, move, creator)
            marks = (
                live_money.marks_of(self._ctx.sealer, creator, *marked[sale.key])
                if sale.key in marked
                else None
            )
            fan = called.get(sale.fan) if sale.fan is not None else None
            found.append(ExplainedSale(sale, fan, move, why, marks))
        return found

    async def _called(
        self, tx: Transaction, creator: CreatorId, names: set[Pseudonym]
    ) -> dict[Pseudonym, str]:
        found = {}
        for name, fan in (await self._names.whose(tx, creator, names)).items():
            known = await fans.get(tx, creator, fan)
            if known is not None:
                found[name] = await label_of(tx, known)
        return found
