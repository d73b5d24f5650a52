"""Templates on Discord as files: handed over, and taken in after a question."""

import asyncio

import aiohttp
import discord

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private, tell
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.message_bodies import AnswerFile
from bot.discord.rejected_answers import said_of
from bot.features.inbox.templates.export_service import TemplateExportService
from bot.features.inbox.templates.import_service import TemplateImportService
from bot.model.ports import Post
from cogs.people.privacy_views import by_question
from storage.records import DraftId

CSV = "csv"
_MOST = 1_000_000  # bytes of a file
_SECONDS = 30.0  # for reading it
_NO_FILE = "Discord did not take the file. Please try again."
_NOT_READ = "Discord did not hand over the file. Nothing was imported: please try again."
_TOO_BIG = "This file is larger than 1 MB. Nothing was imported: split it into smaller ones."


async def export_templates(asked: Asked, kind: str | None) -> None:
    """/template export."""

    async def deed() -> Said:
        csv = kind == CSV
        handed = await service(asked, TemplateExportService).export(permit_of(asked), csv=csv)
        number = handed.number
        if not number and not handed.unread:
            return "There are no templates yet. /template add writes one."
        said = f"{number} {'template' if number == 1 else 'templates'}, for you alone. Prices are in cents."
        if handed.unread:
            said += f" Damaged, and not in the file: {handed.unread}. /template list names them."
        file = AnswerFile("templates.csv" if csv else "templates.json", handed.content)
        return AnswerContent(Post(body=(said,)), file=file, without=_NO_FILE)

    await private(asked, deed)


async def import_templates(asked: Asked, file: discord.Attachment) -> None:
    """/template import: a preview, and the buttons."""
    if file.size > _MOST:
        await tell(asked, _TOO_BIG)
        return

    async def deed() -> Said:
        try:
            async with asyncio.timeout(_SECONDS):
                content = await file.read()
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError):
            return _NOT_READ
        importing = service(asked, TemplateImportService)
        return said_of(await importing.ask(permit_of(asked), file.filename, content))

    await private(asked, deed)


@asks(Action.TEMPLATE_IMPORT, by_question, confirms=True)
async def keep_new(asked: Asked, _ref: str) -> None:
    """The button that leaves what is there already."""
    await _keep(asked, replace=False)


@asks(Action.TEMPLATE_IMPORT, by_question, confirms=True)
async def keep_all(asked: Asked, _ref: str) -> None:
    """The button that replaces what is there already."""
    await _keep(asked, replace=True)


@asks(Action.TEMPLATE_IMPORT, by_question)
async def keep_none(asked: Asked, ref: str) -> None:
    """The button [No]."""
    permit = permit_of(asked)
    await in_place(asked, lambda: service(asked, TemplateImportService).no(permit, DraftId(ref)))


async def _keep(asked: Asked, *, replace: bool) -> None:
    importing, proof = service(asked, TemplateImportService), confirmed(asked)
    await in_place(asked, lambda: importing.yes(proof, replace=replace))


BUTTONS: ButtonHandlers = {
    "template.skip": keep_new,
    "template.replace": keep_all,
    "template.drop": keep_none,
}
