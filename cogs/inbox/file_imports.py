"""Files that a feature takes in, kept or forgotten by a button."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import aiohttp
import discord

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.discord.answers import in_place
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, ButtonHandlers
from bot.discord.confirming import confirmed
from bot.model.language import msgid
from cogs.people.privacy_views import by_question
from storage.records import DraftId

NO_FILE = msgid("Discord did not accept the file. Please try again.")
NOT_READ = msgid("We couldn't get the file from Discord. Not imported: please try again.")
_SECONDS = 30.0  # for reading it


class FileImportService(Protocol):
    """Answers the question about a file."""

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        """Keep its content, with `replace` in place of what is there."""

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Forget the file."""


async def content_of(file: discord.Attachment) -> bytes | None:
    """Read it from Discord's store; None where Discord does not hand it over."""
    try:
        async with asyncio.timeout(_SECONDS):
            return await file.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError):
        return None


def import_buttons(
    action: Action, of: Callable[[Asked], FileImportService], *, add: str, replace: str, drop: str
) -> ButtonHandlers:
    """The three buttons under the question, by their names in custom_ids; `of`: whom they ask."""

    @asks(action, by_question, confirms=True)
    async def keep_beside(asked: Asked, _ref: str) -> None:
        importing, proof = of(asked), confirmed(asked)
        await in_place(asked, lambda: importing.yes(proof, replace=False))

    @asks(action, by_question, confirms=True)
    async def keep_instead(asked: Asked, _ref: str) -> None:
        importing, proof = of(asked), confirmed(asked)
        await in_place(asked, lambda: importing.yes(proof, replace=True))

    @asks(action, by_question)
    async def forget(asked: Asked, ref: str) -> None:
        permit = permit_of(asked)
        await in_place(asked, lambda: of(asked).no(permit, DraftId(ref)))

    return {add: keep_beside, replace: keep_instead, drop: forget}
