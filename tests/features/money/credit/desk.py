"""A desk's credit: nothing was sold, and every question is asked."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementPage, StatementService
from bot.model.ports import Post
from bot.relay.reassignment import ReassignmentWish
from storage.records import DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskStatements:
    """Says whose was asked for."""

    async def of(
        self, permits: Sequence[Permit], member: DiscordId | None, period: str, *, as_file: bool
    ) -> StatementPage:
        return StatementPage(
            Post(body=(f"{member}, {period}: nothing.",)), b"creator\r\n" if as_file else None
        )


class DeskSales:
    """Says which page was asked for."""

    async def page(self, permit: Permit, period: str, number: int, *, as_file: bool) -> StatementPage:
        return StatementPage(
            Post(body=(f"{period}, page {number}: nothing.",)), b"sale\r\n" if as_file else None
        )


class DeskMoving:
    """Sales that nobody keeps."""

    async def ask(self, permit: Permit, wish: ReassignmentWish) -> Post:
        return Post(body=(f"{wish.sale} to {wish.member}?",))

    async def yes(self, yes: ActionConfirmation) -> str:
        yes.question(Action.CREDIT_REASSIGN)
        return "Done."

    async def no(self, permit: Permit, ref: DraftId) -> str:
        return "Left."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {
        CreditSalesService: DeskSales(),
        SaleReassignmentService: DeskMoving(),
        StatementService: DeskStatements(),
    }
