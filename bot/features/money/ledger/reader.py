"""Reads Fanvue's list into the ledger: in the background, and when asked.

A window of days is read whole and takes the place of what was kept of it, in one transaction: a process
that dies while it reads begins that window again, and nothing is half there.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.engine.pseudonyms import Pseudonyms
from bot.engine.supervision import Heartbeat, Sleep
from bot.features.money.ledger.fanvue import EarningsPort, LedgerSourceListing
from bot.features.money.ledger.reading_plan import (
    WIDEST,
    LedgerWindow,
    due,
    first_of,
    most_of,
    narrower,
    whole,
    wider,
)
from bot.features.money.ledger.writer import LedgerChanges, added, keep
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import english
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.money import earnings
from storage.money.earnings import ReadDay
from storage.people import creators
from storage.records import CreatorId, Millis

log = logging.getLogger(__name__)

_TRIES = 3
_AT_ONCE = 4  # windows of one creator, before the next one's turn
_SECONDS = 60.0
_SOON = 10.0  # while there is more to read
_SLICE = 5.0


class LedgerReader:
    """Keeps every linked creator's ledger as Fanvue lists it."""

    def __init__(
        self,
        *,
        database: Database,
        asked: EarningsPort,
        unasked: EarningsPort,
        names: Pseudonyms,
        clock: Clock,
        divisor: float,
    ) -> None:
        """`asked`: Fanvue where somebody waits, `unasked` in the background; `divisor` shortens pauses."""
        self._database = database
        self._asked = asked
        self._unasked = unasked
        self._names = names
        self._clock = clock
        self._divisor = divisor
        self._widest: dict[CreatorId, int] = defaultdict(lambda: WIDEST)
        self._one_at_a_time: dict[CreatorId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self, beat: Heartbeat, sleep: Sleep = asyncio.sleep) -> None:
        """Read what is due, for ever; at the start others have more urgent questions."""
        left = _SOON / self._divisor
        while True:
            while left > 0:
                beat()
                await sleep(min(left, _SLICE))
                left -= _SLICE
            try:
                more = await self.look()
            except DatabaseUnreachable as error:
                log.warning("not done this time: %s", error)
                more = False
            left = (_SOON if more else _SECONDS) / self._divisor

    async def look(self) -> bool:
        """Read some of what is due for every creator; whether there is more to read at once."""
        more = False
        for link in await self._database.read(creators.active_links):
            try:
                more |= await self._some(link.creator)
            except DeliveryFailed as failed:
                log.info("a ledger could not be read: %s", failed.reason)
        return more

    async def fresh(self, creator: CreatorId, of: LedgerWindow) -> None:
        """Read of these days what was never read or is too old. Raises what reading raises."""
        await self._whole(creator, await self._due(creator, of))

    async def again(self, creator: CreatorId, of: LedgerWindow) -> LedgerChanges:
        """Read these days, even if they were read before; return the changes."""
        return await self._whole(creator, of.days()[::-1])

    async def _whole(self, creator: CreatorId, wanted: Sequence[int]) -> LedgerChanges:
        """Read all of these days, newest first, for somebody who waits."""
        done, left = LedgerChanges(), list(wanted)
        while left:
            read, changed = await self._next(creator, left, self._asked)
            done, left = added(done, changed), left[read:]
        return done

    async def _some(self, creator: CreatorId) -> bool:
        for _ in range(_AT_ONCE):
            wanted = await self._due(creator, whole(self._clock.now()))
            if not wanted:
                return False
            read, _changed = await self._next(creator, wanted, self._unasked)
        return len(wanted) > read

    async def _next(
        self, creator: CreatorId, wanted: Sequence[int], there: EarningsPort
    ) -> tuple[int, LedgerChanges]:
        """Read the newest of these days, as many as are read at once; return their number and the changes.

        Others who wait for this creator's ledger have the next turn; so nothing long is read in one.
        """
        window = first_of(wanted, self._widest[creator])
        async with self._one_at_a_time[creator]:
            changed = await self._read(creator, window, there)
        days = window.last - window.first + 1
        if changed is None:
            self._widest[creator] = narrower(days)
            return 0, LedgerChanges()
        self._widest[creator] = wider(days, changed.rows)
        return days, changed

    async def _due(self, creator: CreatorId, of: LedgerWindow) -> list[int]:
        return due(await self._reads(creator, of), self._clock.now(), of)

    async def _read(
        self, creator: CreatorId, window: LedgerWindow, there: EarningsPort
    ) -> LedgerChanges | None:
        """None: these days hold too much to be read at once."""
        for _ in range(_TRIES):
            seen = await self._reads(creator, window)
            began = self._clock.now()
            listed = await there.rows(creator, window.since, window.until, most=most_of(window))
            if listed is None:
                return None
            if listed.unreadable and window.first < window.last:  # so that it is known of which day
                return await self._singly(creator, window, there)
            changed = await self._kept(creator, window, listed, began=began, seen=seen)
            if changed is not None:
                return changed
        raise TryLater(english("Another process is reading this ledger right now."), after=_SOON)

    async def _kept(
        self,
        creator: CreatorId,
        window: LedgerWindow,
        listed: LedgerSourceListing,
        *,
        began: Millis,
        seen: Mapping[int, ReadDay],
    ) -> LedgerChanges | None:
        """None: another process has read some of it meanwhile, and knows of rows that this list lacks."""

        async def work(tx: Transaction) -> LedgerChanges | None:
            if await earnings.reads(tx, creator, first=window.first, last=window.last) != seen:
                return None
            return await keep(tx, self._names, creator, window, listed, began=began)

        return await self._database.write(work)

    async def _reads(self, creator: CreatorId, of: LedgerWindow) -> Mapping[int, ReadDay]:
        return await self._database.read(lambda tx: earnings.reads(tx, creator, first=of.first, last=of.last))

    async def _singly(self, creator: CreatorId, window: LedgerWindow, there: EarningsPort) -> LedgerChanges:
        done = LedgerChanges()
        for day in window.singly():
            changed = await self._read(creator, day, there)
            assert changed is not None, "one day is read whole"
            done = added(done, changed)
        return done
