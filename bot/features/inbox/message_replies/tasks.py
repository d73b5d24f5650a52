"""Takes what Discord tells of typed messages, in its order: one task acts on it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.engine.supervision import BackgroundTask
from bot.features.inbox.message_replies.change_service import MessageChangeService
from bot.features.inbox.message_replies.service import MessageReplyService
from bot.relay.typed_messages import TypedThreadMessage
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

_PATIENCE = 5.0
_LIMIT = 60.0

Deed = Callable[[], Awaitable[None]]


class MessageIntakeTask:
    """`heard`, `edited` and `gone` never wait and never fail; nothing is let go."""

    def __init__(self, *, taking: MessageReplyService, changing: MessageChangeService, listens: bool) -> None:
        """`listens`: whether Discord tells what people type; without it nothing is looked at."""
        self.listens = listens
        self._taking = taking
        self._changing = changing
        self._told: asyncio.Queue[Deed] = asyncio.Queue()

    def heard(self, heard: TypedThreadMessage) -> None:
        """A person typed something in some thread."""
        self._tell(lambda: self._taking.heard(heard))

    def edited(self, message: DiscordId) -> None:
        """A person changed a message."""
        self._tell(lambda: self._changing.edited(message))

    def gone(self, message: DiscordId) -> None:
        """A message was deleted, by whomever."""
        self._tell(lambda: self._changing.gone(message))

    def _tell(self, deed: Deed) -> None:
        if self.listens:
            self._told.put_nowait(deed)

    def task(self) -> BackgroundTask:
        """The background task that takes them in."""
        return BackgroundTask("typed", self.run, _LIMIT)

    async def run(
        self, beat: Callable[[], None], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Take one after the other, for ever; try each until the database takes it."""
        while True:
            beat()
            try:
                async with asyncio.timeout(_PATIENCE):
                    deed = await self._told.get()
            except TimeoutError:
                continue
            while not await _done(deed):
                beat()
                await sleep(1.0)


async def _done(deed: Deed) -> bool:
    try:
        await deed()
    except DatabaseUnreachable as error:
        log.warning("what was typed waits: %s", error)
        return False
    return True
