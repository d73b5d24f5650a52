"""Tells that a creator's list of chats cannot be read, and that it can be again.

Fanvue that is away for a while is no outage of this kind: the sweep tries again. A refusal stays one. The
first is logged and counted; the second in a row is told to the team, because by then a sign-in that ended
has been noticed as what it is.
"""

import logging
from collections.abc import Callable
from functools import partial

from bot.model.errors import DeliveryFailed, DeliveryRefused, TargetGone, TryLater
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.connection_conditions import ConditionFinding, ConnectionCondition, tell_condition
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import watermarks
from storage.operations import unread_chats
from storage.records import CreatorId, Millis

log = logging.getLogger(__name__)


class ChatListOutage:
    """Looks at how each sweep read the list."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.counted: Callable[[int], None] = _nobody  # told of how many creators it cannot be read

    async def failed(self, creator: CreatorId, failed: DeliveryFailed) -> None:
        """A sweep could not read it."""
        refused = isinstance(failed, DeliveryRefused | TargetGone) or (
            isinstance(failed, TryLater) and failed.paused
        )
        if not refused:
            log.info("a sweep could not read the chats: %s", failed.reason)
            return
        log.warning("the list of a creator's chats cannot be read: %s", failed.reason)
        self.counted(await self._ctx.database.write(lambda tx: self._failed(tx, creator, failed.reason)))

    async def over(self, creator: CreatorId) -> None:
        """A sweep has read it."""
        if await self._ctx.database.read(lambda tx: unread_chats.get(tx, creator)) is not None:
            self.counted(await self._ctx.database.write(lambda tx: self._over(tx, creator)))

    async def degraded(self) -> str | None:
        """For /readyz: of how many it cannot be read; None when there is none."""
        since = await self._ctx.database.read(unread_chats.every)
        self.counted(len(since))
        if not since:
            return None
        minutes = (self._ctx.clock.now() - since[0]) // 60_000
        return tr(
            "Fanvue refuses the list of chats of {number} creator(s), the longest for {minutes} "
            "min. What no live event reports is not found. The log says why; `doctor` says what "
            "to do.",
            number=len(since),
            minutes=minutes,
        )

    async def _failed(self, tx: Transaction, creator: CreatorId, reason: str) -> int:
        before = await unread_chats.get(tx, creator)
        if before is None:
            await unread_chats.begin(tx, creator, at=self._ctx.clock.now())
        elif not before.told:
            await unread_chats.tell(tx, creator)
            heard = await watermarks.heard_last(tx, creator)
            live = heard is not None and heard > before.since
            made = partial(_unread, before.since, reason, live=live)
            await self._tell(tx, creator, before.since, "unread", made)
        return len(await unread_chats.every(tx))

    async def _over(self, tx: Transaction, creator: CreatorId) -> int:
        before = await unread_chats.get(tx, creator)
        if before is not None:
            await unread_chats.end(tx, creator)
            if before.told:
                await self._tell(tx, creator, before.since, "readable", _readable)
        return len(await unread_chats.every(tx))

    async def _tell(
        self, tx: Transaction, creator: CreatorId, since: Millis, part: str, make: Callable[[], Post]
    ) -> None:
        cause = f"chats:{creator}:{since}"
        found = ConditionFinding(
            creator, ConnectionCondition.LIVE_EVENTS, cause, part, make, self._ctx.clock.now()
        )
        await tell_condition(tx, self._ctx.effects, found)


def _readable() -> Post:
    text = tr("Messages that were missed meanwhile are found now.")
    return Post(title=tr("We can read Fanvue's list of chats again"), body=(text,))


def _nobody(_number: int) -> None:
    pass


def _unread(since: Millis, reason: str, *, live: bool) -> Post:
    means = (
        tr("Live events still arrive: only what they miss is not found.")
        if live
        else tr("No live events since: **new messages of fans may be missing here**. Check Fanvue.")
    )
    more = tr("Fanvue's answer: {reason} The bridge's operator should run `doctor`.", reason=reason)
    text = tr("Since <t:{since}:t> we can't read the list of chats.", since=since // 1000)
    return Post(title=tr("We can't read Fanvue's list of chats"), body=(f"{text} {means}", more))
