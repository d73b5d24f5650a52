"""A creator's channels speak the language that was chosen for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.engine.dispatch import Drain
from bot.engine.streams import creator_in
from bot.model.catalogues import is_open
from bot.model.language import ENGLISH, LANGUAGES, money_text, speaking, tr_stored
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.people import languages
from storage.records import CreatorId, Millis, Stream

_FRESH: Millis = 60_000  # a choice is heard by all processes within that time


async def spoken_in(tx: Transaction, creator: CreatorId) -> str:
    """The language of a creator's channels: a key of `LANGUAGES`."""
    return _known(await languages.of_channels(tx, creator))


async def opened(language: str) -> str:
    """The language, once its words are read; that is done beside the loop, which has others to serve."""
    if language != ENGLISH and not is_open(language):
        await asyncio.to_thread(_open, language)
    return language


def _open(language: str) -> None:
    with speaking(language):
        tr_stored("a sentence that no catalogue has")
        money_text(100, "USD")


@asynccontextmanager
async def in_channels(tx: Transaction, creator: CreatorId) -> AsyncIterator[None]:
    """Say everything inside as everybody in the creator's channels reads it."""
    with speaking(await spoken_in(tx, creator)):
        yield


def _known(chosen: str | None) -> str:
    return chosen if chosen in LANGUAGES else ENGLISH


class ChannelLanguages:
    """Speaks it in everything that is decided and carried out for a creator."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._read: dict[str, tuple[Millis, str]] = {}

    def spoken(self, drain: Drain) -> Drain:
        """The drain, in the language of the creator whose stream it drains."""

        async def speaks(stream: Stream) -> Millis | None:
            with speaking(await opened(await self._of(CreatorId(creator_in(stream))))):
                return await drain(stream)

        return speaks

    def forget(self, creator: CreatorId) -> None:
        """Another choice was made here; other processes hear of it within a minute."""
        self._read.pop(creator, None)

    async def _of(self, creator: CreatorId) -> str:
        at, known = self._read.get(creator, (0, ENGLISH))
        if at + _FRESH > self._clock.now():
            return known
        try:
            known = await self._database.read(lambda tx: spoken_in(tx, creator))
        except DatabaseUnreachable:
            return known  # the drain waits for the database by itself
        self._read[creator] = (self._clock.now(), known)
        return known
