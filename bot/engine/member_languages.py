"""What is told to one member later, or unasked, is in that member's language."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.engine.channel_languages import opened, spoken_in
from bot.model.language import LANGUAGES, language, speaking
from storage.database import Database, Transaction
from storage.engine import commands
from storage.people import languages
from storage.records import Command, CommandId, CreatorId, DiscordId


@contextmanager
def as_asked(command: Command | None) -> Iterator[None]:
    """Say everything inside in the language in which this was asked; where nobody knows it, as around it."""
    asked = command.language if command is not None else None
    with speaking(asked if asked in LANGUAGES else language()):
        yield


@asynccontextmanager
async def in_answer(tx: Transaction, command: str) -> AsyncIterator[None]:
    """The same for the command of this id."""
    with as_asked(await commands.get(tx, CommandId(command))):
        yield


async def spoken_to(tx: Transaction, member: DiscordId, creator: CreatorId) -> str:
    """In which language we write to a member who did not just ask.

    The one they chose, else that of their last press, else that of the creator's channels.
    """
    for known in (await languages.of_member(tx, member), await languages.last_asked_in(tx, member)):
        if known in LANGUAGES:
            return known
    return await spoken_in(tx, creator)


@asynccontextmanager
async def to_member(tx: Transaction, member: DiscordId, creator: CreatorId) -> AsyncIterator[None]:
    """Say everything inside as that member reads it."""
    with speaking(await spoken_to(tx, member, creator)):
        yield


@asynccontextmanager
async def writing_to(database: Database, member: DiscordId, creator: CreatorId) -> AsyncIterator[None]:
    """The same outside a transaction."""
    with speaking(await opened(await database.read(lambda tx: spoken_to(tx, member, creator)))):
        yield
