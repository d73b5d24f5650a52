"""A desk's credit: nothing was sold, and every question is asked."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementPage, StatementService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def yes(yes: ActionConfirmation) -> str:
        yes.question(Action.CREDIT_REASSIGN)
        return "Done."

    return (
        answering(
            CreditSalesService,
            page=lambda period, number, as_file: StatementPage(
                Post(body=(f"{period}, page {number}: nothing.",)), b"sale\r\n" if as_file else None
            ),
        )
        | answering(
            SaleReassignmentService,
            ask=lambda wish: Post(body=(f"{wish.sale} to {wish.member}?",)),
            yes=yes,
            no="Left.",
        )
        | answering(
            StatementService,
            of=lambda member, period, as_file: StatementPage(
                Post(body=(f"{member}, {period}: nothing.",)), b"creator\r\n" if as_file else None
            ),
        )
    )
