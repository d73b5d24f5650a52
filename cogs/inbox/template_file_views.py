"""Templates on Discord as files: handed over, and taken in after a question."""

import discord

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private, tell
from bot.discord.asking import permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.message_bodies import AnswerFile
from bot.discord.rejected_answers import said_of
from bot.features.inbox.templates.export_service import TemplateExportService
from bot.features.inbox.templates.import_service import TemplateImportService
from bot.model.language import tr, tr_many
from bot.model.ports import Post
from cogs.inbox.file_imports import NO_FILE, NOT_READ, content_of, import_buttons

CSV = "csv"
_MOST = 1_000_000  # bytes of a file


async def export_templates(asked: Asked, kind: str | None) -> None:
    """/template export."""

    async def deed() -> Said:
        csv = kind == CSV
        handed = await service(asked, TemplateExportService).export(permit_of(asked), csv=csv)
        number = handed.number
        if not number and not handed.unread:
            return tr("No templates yet. Add one with /template add.")
        said = tr_many(
            "{n} template, for you alone. Prices are in cents.",
            "{n} templates, for you alone. Prices are in cents.",
            number,
        )
        if handed.unread:
            said += " " + tr(
                "Damaged, and not in the file: {number}. See them in /template list.", number=handed.unread
            )
        file = AnswerFile("templates.csv" if csv else "templates.json", handed.content)
        return AnswerContent(Post(body=(said,)), file=file, without=tr(NO_FILE))

    await private(asked, deed)


async def import_templates(asked: Asked, file: discord.Attachment) -> None:
    """/template import: a preview, and the buttons."""
    if file.size > _MOST:
        await tell(asked, tr("This file is larger than 1 MB. Not imported: split it into smaller ones."))
        return

    async def deed() -> Said:
        content = await content_of(file)
        if content is None:
            return tr(NOT_READ)
        importing = service(asked, TemplateImportService)
        return said_of(await importing.ask(permit_of(asked), file.filename, content))

    await private(asked, deed)


BUTTONS: ButtonHandlers = import_buttons(
    Action.TEMPLATE_IMPORT,
    lambda asked: service(asked, TemplateImportService),
    add="template.skip",
    replace="template.replace",
    drop="template.drop",
)
