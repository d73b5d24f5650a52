"""Ends claims and snoozes whose time is over, so that nobody goes on showing them."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from bot.engine.expiry import end_all
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox.conversations import Conversation
from storage.records import Millis

_SECONDS = 5.0  # whether one holds is a look at the clock; only what is shown may be so late
_LIMIT = 60.0


class ExpiredFinder(Protocol):
    """Finds those whose time is over and that still stand there, the oldest first."""

    def __call__(self, tx: Transaction, *, now: Millis, limit: int) -> Awaitable[list[Conversation]]:
        """At most `limit` talks."""


class ExpiryAction(Protocol):
    """Ends what is over in a talk that was just read."""

    def __call__(self, tx: Transaction, talk: Conversation, /) -> Awaitable[Conversation]:
        """The talk as it is then."""


@dataclass(frozen=True)
class ExpiryRule:
    """An expiry rule; `name`: its name in the log. `calm`: whether nobody has to act upon it."""

    name: str
    over: ExpiredFinder
    end: ExpiryAction
    calm: bool = False


class ConversationExpiryTask:
    """Looks for those that are over."""

    def __init__(
        self, ctx: Context, *, changes: ConversationChanges, what: ExpiryRule, batch: int = 100
    ) -> None:
        """At most so many in one transaction, lest somebody waits."""
        self._ctx = ctx
        self._changes = changes
        self._what = what
        self._batch = batch

    async def look(self) -> None:
        """End all that are over now."""
        now, what = self._ctx.clock.now(), self._what

        async def some(tx: Transaction) -> int:
            found = await what.over(tx, now=now, limit=self._batch)
            for before in found:
                await self._changes.tell(tx, before, await what.end(tx, before), calm=what.calm)
            return len(found)

        await end_all(self._ctx.database, lambda tx: what.over(tx, now=now, limit=1), some, batch=self._batch)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that lets their end be seen, too; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask(self._what.name, run, _LIMIT)
