"""Tells once that live events stopped, and once that they are back (A11).

No live event for a while proves nothing: fans sleep. It is told when the sweep has found a message that
a live event should have told of. Until then a creator of whom much is heard is only looked at more often.
"""

from collections.abc import Callable
from functools import partial

from bot.engine.catch_up_hold import CatchUpHold
from bot.model.language import tr, tr_many
from bot.model.ports import Post
from bot.relay.connection_conditions import ConditionFinding, ConnectionCondition, tell_condition
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import inbox
from storage.inbox import watermarks
from storage.inbox.watermarks import Watermark
from storage.operations import gaps, unread_chats
from storage.operations.gaps import SILENT, EventGap
from storage.records import CreatorId, Millis

_TALKS = 10  # live events in the day before: of such a creator something is heard usually
_DAY: Millis = 86_400_000
_MOMENT = 15  # a live event has this part of the silence to arrive before the sweep counts as first


def _never(number: int) -> str | None:
    if not number:
        return None
    return tr(
        "We never received a live event of {number} creator(s), so messages arrive later. "
        "Check the webhook in Fanvue's Developer Area and PUBLIC_URL.",
        number=number,
    )


class LiveEventSilence:
    def __init__(self, ctx: Context, *, catching_up: CatchUpHold) -> None:
        self._ctx = ctx
        self._catching_up = catching_up
        self._began = ctx.clock.now()  # this process listens since then; what it missed before is no silence

    async def look(self, tx: Transaction, mark: Watermark) -> bool:
        """Tell what there is to tell; True when the next sweep should come soon."""
        creator, now = mark.creator, self._ctx.clock.now()
        last = await watermarks.heard_last(tx, creator)
        gap = await gaps.silence(tx, creator)
        if gap is not None:
            return await self._goes_on(tx, gap, last)
        since = max(last or 0, mark.floor, self._began)
        if now - since < self._ctx.waits.silence:
            return False
        moment = self._ctx.waits.silence // _MOMENT
        if await inbox.found_by_sweep(tx, creator, since=since, happened_before=now - moment):
            await self._begins(tx, creator, since)
            return True
        heard = await inbox.received(tx, creator, "webhook", since=since - _DAY)
        return heard >= _TALKS

    async def degraded(self) -> str | None:
        """For /readyz: which silence goes on, or of whom nothing ever came; None when all is well."""
        silent = await self._ctx.database.read(gaps.silences)
        if not silent:
            return _never(await self._ctx.database.read(unread_chats.never_heard))
        minutes = (self._ctx.clock.now() - silent[0].began) // 60_000
        return tr(
            "Live events of {number} creator(s) are silent, the longest for {minutes} min. We "
            "check every minute instead. Check PUBLIC_URL and the webhook in Fanvue's Developer "
            "Area.",
            number=len(silent),
            minutes=minutes,
        )

    async def _begins(self, tx: Transaction, creator: CreatorId, since: Millis) -> None:
        gap = EventGap(self._ctx.ids.new(), creator, SILENT, began=since, ended=None)
        await gaps.add(tx, gap)
        await self._catching_up.silent(tx, creator)
        await self._tell(tx, gap, "silent", partial(_silent, since))

    async def _goes_on(self, tx: Transaction, gap: EventGap, last: Millis | None) -> bool:
        if last is None or last <= gap.began:
            await self._catching_up.silent(tx, gap.creator)
            return True
        recovered = await inbox.found_by_sweep(tx, gap.creator, since=gap.began)
        await gaps.end(tx, gap.id, at=last, recovered=recovered)
        await self._tell(tx, gap, "over", partial(_back, recovered))
        return False

    async def _tell(self, tx: Transaction, gap: EventGap, part: str, make: Callable[[], Post]) -> None:
        found = ConditionFinding(
            gap.creator, ConnectionCondition.LIVE_EVENTS, gap.id, part, make, self._ctx.clock.now()
        )
        await tell_condition(tx, self._ctx.effects, found)


def _silent(since: Millis) -> Post:
    text = tr("Live events silent since <t:{since}:t>, checking every minute.", since=since // 1000)
    more = tr("Nothing is lost, messages only arrive later. The bridge's operator should check the webhook.")
    return Post(title=tr("Live events are silent"), body=(text, more))


def _back(recovered: int) -> Post:
    text = tr_many("{n} message recovered.", "{n} messages recovered.", recovered)
    return Post(title=tr("Live events are back"), body=(text,))
