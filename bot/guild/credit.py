"""/credit: sales, statements and reassigning, each shown to whoever asks alone."""

from bot.access.policy import Action
from bot.guild.answers import Said, Shown, in_place, private
from bot.guild.asking import asks, permit_of, permits_of
from bot.guild.bridge import Asked
from bot.guild.cards import File
from bot.guild.confirming import confirmed
from bot.guild.privacy import by_question
from bot.guild.uses_credit import Page
from bot.relay.reassignment import ReassignmentWish
from storage.records import DiscordId, DraftId

_NO_FILE = "The file could not be attached here. Run the command again for fewer days, or without as_file."


async def show_sales(asked: Asked, period: str, number: int, *, as_file: bool) -> None:
    """/credit sales."""
    permit, sales = permit_of(asked), asked.client.uses.credit.sales

    async def deed() -> Said:
        return _shown(await sales.page(permit, period, number, as_file=as_file), "sales.csv")

    await private(asked, deed)


async def show_statement(asked: Asked, member: DiscordId | None, period: str, *, as_file: bool) -> None:
    """/credit statement."""
    permits, statements = permits_of(asked), asked.client.uses.credit.statements

    async def deed() -> Said:
        return _shown(await statements.of(permits, member, period, as_file=as_file), "statement.csv")

    await private(asked, deed)


async def reassign(asked: Asked, wish: ReassignmentWish) -> None:
    """/credit reassign."""
    permit, moving = permit_of(asked), asked.client.uses.credit.moving

    async def deed() -> Said:
        return Shown(await moving.ask(permit, wish))

    await private(asked, deed)


@asks(Action.CREDIT_REASSIGN, by_question, confirms=True)
async def yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under the question."""
    proof = confirmed(asked)
    await in_place(asked, lambda: asked.client.uses.credit.moving.yes(proof))


@asks(Action.CREDIT_REASSIGN, by_question)
async def no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    permit = permit_of(asked)
    await in_place(asked, lambda: asked.client.uses.credit.moving.no(permit, DraftId(ref)))


def _shown(page: Page, name: str) -> Said:
    if page.file is None:
        return Shown(page.post)
    return Shown(page.post, file=File(name, page.file), without=_NO_FILE)
