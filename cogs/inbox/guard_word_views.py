"""Forbidden words on Discord: shown, added, removed, handed over, taken in."""

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private, tell
from bot.discord.asking import asks, here_or_chosen, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.message_bodies import AnswerFile
from bot.discord.rejected_answers import said_of
from bot.features.inbox.guard_words import texts
from bot.features.inbox.guard_words.import_service import GuardWordImportService
from bot.features.inbox.guard_words.service import GuardWordService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from cogs.inbox.file_imports import NO_FILE, NOT_READ, content_of, import_buttons

_MOST = 200_000  # bytes of a file: 500 words are a fifth of it in any script
_TOO_BIG = msgid("This file is larger than 200 KB, so nothing changed. A list has at most 500 words.")
_FILE = "forbidden-words.txt"


async def show_words(asked: Asked) -> None:
    """/settings guard words."""
    await private(asked, lambda: service(asked, GuardWordService).show(permit_of(asked)))


async def add_word(asked: Asked, phrase: str, level: str, *, shared: bool) -> None:
    """/settings guard add."""

    async def deed() -> Said:
        words = service(asked, GuardWordService)
        return await words.add(permit_of(asked), phrase, level, shared=shared)

    await private(asked, deed)


async def remove_word(asked: Asked, wanted: str) -> None:
    """/settings guard remove."""
    await private(asked, lambda: service(asked, GuardWordService).remove(permit_of(asked), wanted))


@asks(Action.GUARD_SET, here_or_chosen, offers=True)
async def offer_words(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Words of both lists, for leads."""
    found = await service(asked, GuardWordService).like(permit_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


async def export_words(asked: Asked, *, shared: bool) -> None:
    """/settings guard export."""

    async def deed() -> Said:
        found = await service(asked, GuardWordService).export(permit_of(asked), shared=shared)
        said = (
            texts.exported(found.number, shared=shared)
            if found.number
            else texts.none_to_export(shared=shared)
        )
        return AnswerContent(Post(body=(said,)), file=AnswerFile(_FILE, found.content), without=tr(NO_FILE))

    await private(asked, deed)


async def import_words(asked: Asked, file: discord.Attachment, *, shared: bool) -> None:
    """/settings guard import: a preview, and the buttons."""
    if file.size > _MOST:
        await tell(asked, tr(_TOO_BIG))
        return

    async def deed() -> Said:
        content = await content_of(file)
        if content is None:
            return tr(NOT_READ)
        importing = service(asked, GuardWordImportService)
        return said_of(await importing.ask(permit_of(asked), content, shared=shared))

    await private(asked, deed)


BUTTONS: ButtonHandlers = import_buttons(
    Action.GUARD_IMPORT,
    lambda asked: service(asked, GuardWordImportService),
    add="words.add",
    replace="words.replace",
    drop="words.drop",
)
