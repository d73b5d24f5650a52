"""Finds what was typed while nobody listened, after each new session with Discord."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from bot.engine.supervision import BackgroundTask
from bot.features.inbox.message_replies.listening_marks import ListeningMarks
from bot.features.inbox.message_replies.service import MessageReplyService
from bot.model.errors import DeliveryFailed, TryLater
from bot.relay.context import Context
from bot.relay.typed_messages import History
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import message_replies, threads
from storage.records import DiscordId, Millis

log = logging.getLogger(__name__)

_STEP = 30_000  # how often it is written down until when everything was surely heard
_BEHIND = 120_000  # a connection that is dead is found out sooner than this
_PATIENCE = 5.0
_LIMIT = 120.0


@dataclass(frozen=True)
class _Server:
    """A server as a session begins with it: its threads, and when somebody last wrote in each."""

    guild: DiscordId
    threads: Mapping[DiscordId, Millis]
    history: History


class MessageCatchUpService:
    """Takes found messages as if Discord told of them now; their age decides whether to ask."""

    def __init__(self, ctx: Context, *, taking: MessageReplyService, marks: ListeningMarks) -> None:
        """`divisor` shortens what is waited."""
        self._marks = marks
        self._ctx = ctx
        self._taking = taking
        self._step, self._behind = int(_STEP / ctx.divisor), int(_BEHIND / ctx.divisor)
        self._servers: asyncio.Queue[_Server] = asyncio.Queue()
        self._told: set[DiscordId] = set()
        self._caught: set[DiscordId] = set()
        self._expected: Collection[DiscordId] | None = None
        self._live = False
        self._marked: Millis = 0

    # ── what the session is told to be; none of this waits ──

    def anew(self) -> None:
        """Begin a new session: nobody tells of messages since the last one."""
        self._live, self._expected = False, None
        self._told.clear()
        self._caught.clear()

    def dropped(self) -> None:
        """The connection is gone; the same session may go on."""
        self._live = False

    def live(self, guilds: Collection[DiscordId] | None = None) -> None:
        """Discord tells everything again. `guilds`: of a new session, those that it will tell of."""
        self._live = True
        self._expected = guilds if guilds is not None else self._expected

    def returned(self, guild: DiscordId, last: Mapping[DiscordId, Millis], history: History) -> None:
        """A session begins with a server, and with when somebody last wrote in each of its threads.

        It may be told twice; then one look is enough.
        """
        if guild in self._told:
            return
        self._told.add(guild)
        self._servers.put_nowait(_Server(guild, last, history))

    # ── the task ──

    def task(self) -> BackgroundTask:
        """The background task that finds them."""
        return BackgroundTask("typed before", self.run, _LIMIT)

    async def run(
        self, beat: Callable[[], None], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Server by server, and a mark of how far everything was heard."""
        while True:
            beat()
            try:
                async with asyncio.timeout(_PATIENCE):
                    server = await self._servers.get()
            except TimeoutError:
                await self._mark()
                continue
            while (wait := await self._tried(server)) is not None:
                beat()
                await sleep(wait)
            self._caught.add(server.guild)

    async def _tried(self, server: _Server) -> float | None:
        """Seconds after which to try again; None: it is done. What was found twice counts once."""
        try:
            await self.catch_up(server.guild, server.threads, server.history)
        except TryLater as later:
            return min(later.after or 1.0, _PATIENCE)
        except DatabaseUnreachable as error:
            log.warning("what was typed before is looked for later: %s", error)
            return 1.0
        return None

    async def catch_up(self, guild: DiscordId, last: Mapping[DiscordId, Millis], history: History) -> None:
        """Take what was typed in these threads since everything was surely heard."""
        for thread, since in await self._ctx.database.read(lambda tx: _open(tx, last, self._marks)):
            try:
                found = await history(guild, thread, since)
            except TryLater:
                raise
            except DeliveryFailed as failed:
                log.warning("what was typed in a thread cannot be read: %s", failed.reason)
                continue
            for heard in found:
                await self._taking.heard(heard)

    async def _mark(self) -> None:
        now = self._ctx.clock.now()
        settled = self._expected is not None and self._caught.issuperset(self._expected)
        if not (self._live and settled) or now - self._marked < self._step:
            return
        try:
            await self._ctx.database.write(lambda tx: self._marks.keep(tx, now - self._behind))
        except DatabaseUnreachable as error:
            log.warning("how far everything was heard is written down later: %s", error)
        else:
            self._marked = now


async def _open(
    tx: Transaction, last: Mapping[DiscordId, Millis], marks: ListeningMarks
) -> list[tuple[DiscordId, Millis]]:
    """The threads in which something may have been typed, and since when to look."""
    if not await message_replies.switched_on(tx):
        return []
    mark = await marks.heard(tx)
    found = []
    for thread, at in last.items():
        known = await threads.by_discord(tx, thread) if at > mark else None
        mode = await message_replies.mode(tx, known.creator) if known is not None else None
        if mode is not None and at > mode.since:
            found.append((thread, max(mark, mode.since)))
    return found
