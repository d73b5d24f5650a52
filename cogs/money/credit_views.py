"""/money credit: sales, statements, reassigning; shown to the asking person alone."""

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private
from bot.discord.asking import asks, permit_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.message_bodies import AnswerFile
from bot.features.money.credit.reassignment_service import SaleReassignmentService
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.credit.statement_service import StatementPage, StatementService
from bot.model.language import msgid, tr
from bot.relay.reassignment import ReassignmentWish
from cogs.people.privacy_views import by_question
from storage.records import DiscordId, DraftId

_NO_FILE = msgid(
    "We couldn't attach the file here. Run the command again for fewer days, or without `as_file:`."
)


async def show_sales(asked: Asked, period: str, number: int, *, as_file: bool) -> None:
    """/money credit sales."""
    permit, sales = permit_of(asked), service(asked, CreditSalesService)

    async def deed() -> Said:
        return _shown(await sales.page(permit, period, number, as_file=as_file), "sales.csv")

    await private(asked, deed)


async def show_statement(asked: Asked, member: DiscordId | None, period: str, *, as_file: bool) -> None:
    """/money credit statement."""
    permits, statements = permits_of(asked), service(asked, StatementService)

    async def deed() -> Said:
        return _shown(await statements.of(permits, member, period, as_file=as_file), "statement.csv")

    await private(asked, deed)


async def reassign(asked: Asked, wish: ReassignmentWish) -> None:
    """/money credit reassign."""
    permit, moving = permit_of(asked), service(asked, SaleReassignmentService)
    await private(asked, lambda: moving.ask(permit, wish))


@asks(Action.CREDIT_REASSIGN, by_question, confirms=True)
async def yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under the question."""
    proof = confirmed(asked)
    await in_place(asked, lambda: service(asked, SaleReassignmentService).yes(proof))


@asks(Action.CREDIT_REASSIGN, by_question)
async def no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    permit = permit_of(asked)
    await in_place(asked, lambda: service(asked, SaleReassignmentService).no(permit, DraftId(ref)))


def _shown(page: StatementPage, name: str) -> Said:
    if page.file is None:
        return page.post
    return AnswerContent(page.post, file=AnswerFile(name, page.file), without=tr(_NO_FILE))


BUTTONS: ButtonHandlers = {
    "credit.yes": yes,
    "credit.no": no,
}
