"""Remembers who sent to many, who published, and replies that nobody remembered."""

from bot.relay.ports import Clock
from bot.relay.pseudonyms import Pseudonyms
from bot.supervision import Duty, periodic
from storage import creators, credit_moves, credit_sent
from storage.credit_sent import REPLY, Sent
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.records import CreatorId, Millis

_SECONDS = 300.0
_LIMIT = 120.0
_BATCH = 500
_UNANSWERED: Millis = 86_400_000  # a question without an answer is over long before


class Gathering:
    """Replies are looked through once in a process: whatever is sent in it is remembered at once."""

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
        while creator not in self._through:
            if not await self._database.write(lambda tx: self._replies(tx, creator)):
                self._through.add(creator)

    async def look(self) -> None:
        """To be called every few minutes."""
        for link in await self._database.read(creators.active_links):
            await self.of(link.creator)
        before = self._clock.now() - _UNANSWERED
        await self._database.write(lambda tx: credit_moves.drop_asked(tx, before=before))

    def duty(self, *, divisor: float) -> Duty:
        """What must run for all to be remembered in time; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return Duty("credit", run, _LIMIT)

    async def _replies(self, tx: Transaction, creator: CreatorId) -> int:
        found = await credit_sent.missing(tx, creator, limit=_BATCH)
        for one in found:
            fan = await self._names.of(tx, creator, one.fan)
            await credit_sent.add(tx, creator, Sent(one.item, REPLY, one.at, fan, one.member))
        return len(found)
