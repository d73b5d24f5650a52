"""Remembers who sent to many, who published, and replies that nobody remembered."""

from functools import partial

from bot.engine.pseudonyms import Pseudonyms
from bot.engine.supervision import BackgroundTask, periodic
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import watermarks
from storage.money import credit_moves, credit_sent
from storage.money.credit_sent import REPLY, SentItem
from storage.people import creators
from storage.records import CreatorId, Millis

_SECONDS = 300.0
_LIMIT = 120.0
_BATCH = 500
_AGAIN: Millis = 2 * 86_400_000
_UNANSWERED: Millis = 86_400_000  # a question without an answer is over long before


class CreditCollector:
    """Looks through replies once: those sent meanwhile are remembered at once.

    Its progress is kept, so that it goes on after a restart; only the last days are looked through again
    in each process, and not all that was ever sent.
    """

    def __init__(self, *, database: Database, names: Pseudonyms, clock: Clock, posted: str) -> None:
        """`posted`: the kind of effects that publish a post."""
        self._database = database
        self._names = names
        self._clock = clock
        self._posted = posted
        self._through: set[CreatorId] = set()

    async def of(self, creator: CreatorId) -> None:
        """Remember all of one creator's, so that what is asked next is answered from it."""
        if await self._database.read(
            lambda tx: credit_sent.to_many_missing(tx, creator, posted=self._posted)
        ):
            await self._database.write(lambda tx: credit_sent.add_to_many(tx, creator, posted=self._posted))
        if creator in self._through:
            return
        after = await self._database.read(lambda tx: watermarks.credited(tx, creator)) - _AGAIN
        while until := await self._database.write(partial(self._replies, creator=creator, after=after)):
            after = until
        self._through.add(creator)

    async def look(self) -> None:
        """To be called every few minutes."""
        for link in await self._database.read(creators.active_links):
            await self.of(link.creator)
        before = self._clock.now() - _UNANSWERED
        await self._database.write(lambda tx: credit_moves.drop_asked(tx, before=before))

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that remembers everything in time; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("credit", run, _LIMIT)

    async def _replies(self, tx: Transaction, creator: CreatorId, after: Millis) -> Millis | None:
        """Remember the next few; up to when all are remembered now, None at the end."""
        until = await credit_sent.next_sent(tx, creator, after=after, limit=_BATCH)
        if until is None:
            return None
        for one in await credit_sent.missing(tx, creator, after=after, until=until):
            fan = await self._names.of(tx, creator, one.fan)
            await credit_sent.add(tx, creator, SentItem(one.item, REPLY, one.at, fan, one.member))
        await watermarks.credit(tx, creator, until=until)
        return until
