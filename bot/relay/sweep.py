"""The second source: sweeps each creator for events that no webhook told (R8).

One stream for each linked creator, drained by a driver of its own so that no delivery waits behind it.
All that a sweep finds becomes a fact under the key that a webhook has for it, so it is never told twice;
all that it misses in one round it finds in the next, because every round asks by id and not by time.
"""

import logging
from collections.abc import Callable

from bot.engine.catch_up_hold import CatchUpHold
from bot.model.errors import DeliveryFailed, TryLater
from bot.relay.chat_list_outage import ChatListOutage
from bot.relay.context import Context
from bot.relay.live_silence import LiveEventSilence
from bot.relay.sweep_chats import ChatSweep
from bot.relay.sweep_money import MoneySweep
from bot.relay.sweep_ports import Skipping
from storage.database import Transaction
from storage.engine import inbox, restore_window
from storage.inbox import watermarks
from storage.inbox.watermarks import Watermark
from storage.operations import gaps
from storage.operations.gaps import OFFLINE, EventGap
from storage.people import creators
from storage.records import CreatorId, LinkKind, Millis, Stream

log = logging.getLogger(__name__)

ALL = Stream("sw:")  # looks who is linked, and wakes the others
_LOOK: Millis = 5_000


def sweep_stream(creator: CreatorId) -> Stream:
    """The stream of one creator's sweeps."""
    return Stream(f"sw:{creator}")


class Sweeps:
    """Sweeps every linked creator, again and again."""

    def __init__(
        self,
        ctx: Context,
        *,
        chats: ChatSweep,
        money: MoneySweep,
        silence: LiveEventSilence,
        outage: ChatListOutage,
        catching_up: CatchUpHold,
        hint: Callable[[Stream], None],
    ) -> None:
        self._ctx = ctx
        self._chats = chats
        self._money = money
        self._silence = silence
        self._outage = outage
        self._catching_up = catching_up
        self._hint = hint
        self._began = ctx.clock.now()
        self._known: set[CreatorId] = set()
        self._swept: set[CreatorId] = set()  # in this process
        catching_up.on_return = lambda creator: hint(sweep_stream(creator))

    @property
    def skipping(self) -> Skipping:
        """Told of rows that are passed over."""
        return self._chats.skipping

    @skipping.setter
    def skipping(self, told: Skipping) -> None:
        self._chats.skipping = self._money.skipping = told

    async def begin(self) -> None:
        """Before anything is decided: every linked creator's facts wait for the first sweep."""
        await self._look_around(start=True)
        self._hint(ALL)

    async def drain(self, stream: Stream) -> Millis | None:
        """Sweep one creator; returns when to do it again, None when they are linked no more."""
        if stream == ALL:
            await self._look_around()
            return self._ctx.clock.now() + min(_LOOK, self._ctx.waits.sweep_silent)
        creator = CreatorId(stream.split(":", 1)[1])
        link = await self._ctx.database.read(lambda tx: creators.open_link(tx, creator))
        if link is None or link.state != "active":
            self._known.discard(creator)
            await self._catching_up.over(creator)
            return None
        alone = (
            link.kind is LinkKind.STEWARD
        )  # no live event comes: nothing is missed, but nothing else tells
        wait = await self._sweep(creator, alone=alone)
        return self._ctx.clock.now() + wait

    async def _look_around(self, *, start: bool = False) -> None:
        linked = await self._ctx.database.read(_linked)
        for creator, before in linked:
            if creator in self._known:
                continue
            self._known.add(creator)
            if start or before:  # else the link is new: nothing can be missing yet
                await self._catching_up.begin(creator)
            self._hint(sweep_stream(creator))
        for creator in await self._catching_up.returned():
            self._hint(sweep_stream(creator))

    async def _sweep(self, creator: CreatorId, *, alone: bool) -> Millis:
        """One round; how long to wait for the next. `alone`: there are no live events beside it."""
        began = self._ctx.clock.now()
        mark = await self._ctx.database.write(lambda tx: self._start(tx, creator))
        full = began - mark.full_at >= self._ctx.waits.full_sweep
        try:
            found = await self._chats.read(mark, full=full)
        except DeliveryFailed as failed:
            await self._outage.failed(creator, failed)
            return self._later(failed)
        finally:
            # Also when it failed: what has come in is told, and what is missing comes later, labelled.
            await self._catching_up.over(creator)
        await self._outage.over(creator)
        for part in (self._money.earnings, self._money.subscribers):
            try:
                found += await part(mark, full=full)
            except DeliveryFailed as failed:
                # A missing permission for figures costs the figures, not the messages.
                log.info("a sweep could not read all: %s", failed.reason)
        soon = await self._ctx.database.write(
            lambda tx: self._end(tx, mark, began=began, full=full, alone=alone)
        )
        log.debug("a sweep found %d facts", found)
        return self._ctx.waits.sweep_silent if soon else self._ctx.waits.sweep

    async def _start(self, tx: Transaction, creator: CreatorId) -> Watermark:
        now = self._ctx.clock.now()
        await watermarks.begin(tx, creator, now=now)
        mark = await watermarks.get(tx, creator)
        assert mark is not None  # it was just made
        if creator not in self._swept:
            self._swept.add(creator)
            await self._note_absence(tx, mark)
        return mark

    async def _note_absence(self, tx: Transaction, mark: Watermark) -> None:
        """Remember, at the first sweep of a process, since when nobody was there for this creator."""
        received = await inbox.received_last(tx, mark.creator, before=self._began)
        # Of the time that a restored database has forgotten, nobody knows whether somebody was there.
        known = await restore_window.until(tx)
        left = max(mark.floor, mark.swept_at or 0, received or 0, known or 0)
        if self._began - left >= self._ctx.waits.late:
            gap = EventGap(self._ctx.ids.new(), mark.creator, OFFLINE, began=left, ended=self._began)
            await gaps.add(tx, gap)

    async def _end(self, tx: Transaction, mark: Watermark, *, began: Millis, full: bool, alone: bool) -> bool:
        await watermarks.swept(tx, mark.creator, began=began, full=full)
        return True if alone else await self._silence.look(tx, mark)

    def _later(self, failed: DeliveryFailed) -> Millis:
        if not isinstance(failed, TryLater):
            return self._ctx.waits.sweep
        if failed.paused:
            return self._ctx.waits.sweep
        return max(round((failed.after or 0) * 1000), self._ctx.waits.sweep_silent)


async def _linked(tx: Transaction) -> list[tuple[CreatorId, bool]]:
    """The linked creators, and whether each was swept before: only then can something be missing."""
    found = []
    for link in await creators.active_links(tx):
        mark = await watermarks.get(tx, link.creator)
        found.append((link.creator, mark is not None and mark.swept_at is not None))
    return found
