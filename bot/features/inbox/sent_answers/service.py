"""The private answers to replies, and their end once the thread shows more."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from bot.model.errors import DeliveryFailed, DeliveryUnknown, TryLater
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.records import CommandId, Effect, EffectState, Millis

log = logging.getLogger(__name__)

STANDS: Millis = 3_000  # after it was sent: the eye finds the line that says so
_LATEST: Millis = 840_000  # Discord lets an answer be taken away for fifteen minutes
_MOST = 1_000

# Takes an answer away by the interaction's application and token. Raises what a delivery raises.
Remove = Callable[[int, str], Awaitable[None]]


@dataclass(frozen=True)
class ReplyAnswer:
    """A private answer to a reply that was taken, and how it is taken away."""

    application: int
    token: str
    shown: Millis


class SentAnswerService:
    """Keeps them in memory only: after a restart they stay until their reader dismisses them."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._open: OrderedDict[CommandId, ReplyAnswer] = OrderedDict()
        self._remove: Remove | None = None

    def connect(self, remove: Remove) -> None:
        """Called once the bot is made, which is what takes an answer away."""
        self._remove = remove

    def shown(self, command: CommandId, application: int, token: str) -> None:
        """Remember an answer that was shown to the author of this reply, whether it leaves now or later."""
        self._open[command] = ReplyAnswer(application, token, self._clock.now())
        while len(self._open) > _MOST:
            self._open.popitem(last=False)

    async def look(self) -> None:
        """Take away the answers to what was sent; one to a reply that was not sent stays to be read."""
        now = self._clock.now()
        for command in [one for one, answer in self._open.items() if now >= answer.shown + _LATEST]:
            del self._open[command]
        if self._remove is None or not self._open:
            return
        asked = tuple(self._open)
        sent = await self._database.read(lambda tx: _sent(tx, asked, before=now - STANDS))
        for command in sent:
            await self._close(command, self._remove)

    async def _close(self, command: CommandId, remove: Remove) -> None:
        answer = self._open.get(command)
        if answer is None or self._clock.now() < answer.shown + STANDS:
            return
        try:
            await remove(answer.application, answer.token)
        except (TryLater, DeliveryUnknown):
            return  # the next look tries again
        except DeliveryFailed as failed:  # its reader was faster, or its time is over
            log.debug("a private answer is gone already: %s", failed.reason)
        self._open.pop(command, None)


async def _sent(tx: Transaction, replies: Collection[CommandId], *, before: Millis) -> list[CommandId]:
    """Those whose send is surely done, and whose line is in the thread."""
    return [one for one in replies if await _is_shown(tx, await outbox.by_cause(tx, one, "send"), before)]


async def _is_shown(tx: Transaction, send: Effect | None, before: Millis) -> bool:
    if send is None or send.state is not EffectState.DONE or (send.settled_at or 0) > before:
        return False
    line = await outbox.by_cause(tx, send.id, "show")
    return line is not None and line.state is EffectState.DONE
