"""Top spenders, from the ledger, named for those who may see names."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.engine.pseudonyms import Pseudonyms
from bot.fanvue.figures import TopSpender
from bot.features.money.periods.days import Days
from bot.model.errors import DeliveryFailed
from bot.relay.fan_labels import labels_of
from storage.database import Database, Transaction
from storage.inbox import fans
from storage.money import earning_answers
from storage.money.earning_answers import Spender
from storage.records import CreatorId, Fan, FanId, Pseudonym

SHOWN = 10


@dataclass(frozen=True)
class TopFans:
    """The fans who spent most; a fan who was forgotten has no name."""

    spenders: Sequence[Spender]
    nameless: Sequence[Spender]
    names: dict[Pseudonym, str]
    fans: dict[Pseudonym, Fan]


class TopFanNamesPort(Protocol):
    """Fanvue, as far as it names fans. Raises one of the four errors of `bot.model.errors`."""

    async def top(self, creator: CreatorId, days: Days) -> Sequence[TopSpender]:
        """Fans who spent most there in these days."""


class TopFansReader:
    """Reads the ledger, and from Fanvue only names that the bridge never learned."""

    def __init__(self, *, database: Database, reading: TopFanNamesPort, names: Pseudonyms) -> None:
        self._database = database
        self._reading = reading
        self._names = names

    async def top(self, creator: CreatorId, days: Days) -> TopFans:
        """Fans who spent most on these days, as far as they were read."""
        found, whose, known = await self._database.read(lambda tx: self._found(tx, creator, days))
        unnamed = {fan for fan in whose.values() if fan not in known}
        if unnamed:
            known |= await self._named_by_fanvue(creator, days, unnamed)
        labels = await self._database.read(lambda tx: labels_of(tx, known.values()))
        return TopFans(
            found[0],
            found[1],
            {name: labels[creator, fan] for name, fan in whose.items()},
            {name: known[fan] for name, fan in whose.items()},
        )

    async def _found(
        self, tx: Transaction, creator: CreatorId, days: Days
    ) -> tuple[tuple[list[Spender], list[Spender]], dict[Pseudonym, FanId], dict[FanId, Fan]]:
        since, until = days.since, days.until
        top = await earning_answers.spenders(tx, creator, since=since, until=until, limit=SHOWN)
        nameless = await earning_answers.nameless(tx, creator, since=since, until=until)
        wanted = {one.fan for one in top if one.fan is not None}
        whose = await self._names.whose(tx, creator, wanted)
        found = {}
        for fan in whose.values():
            known = await fans.get(tx, creator, fan)
            if known is not None and (known.handle or known.display_name):
                found[fan] = known
        return (top, nameless), whose, found

    async def _named_by_fanvue(
        self, creator: CreatorId, days: Days, unnamed: Collection[FanId]
    ) -> dict[FanId, Fan]:
        """Without Fanvue a fan is named by the beginning of their id."""
        told = {fan: Fan(creator, fan, None, None, None, 0) for fan in unnamed}
        rows: Sequence[TopSpender] = ()
        with suppress(DeliveryFailed):
            rows = await self._reading.top(creator, days)
        for row in rows:
            fan = FanId(row.user.uuid)
            if fan in told:
                told[fan] = Fan(creator, fan, row.user.handle, row.user.display_name, None, 0)
        return told
