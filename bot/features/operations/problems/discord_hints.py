"""Discord's events between the commands: noted at once, acted on by one task.

The events are hints: they are only noted where they come in, and acted on by one task.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.features.operations.problems.board_effects import ProblemBoards
from bot.features.operations.problems.foreign_posts import ForeignPostWatcher
from bot.features.operations.problems.lost_targets import LostTargetWatcher
from bot.features.operations.problems.service import ProblemService
from bot.relay.unsend_service import UnsendService
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

_MOST = 1000  # deletions that wait to be looked up; more are let go
_PATIENCE = 5.0


Deleted = Callable[[DiscordId], Awaitable[None]]
Joined = Callable[[DiscordId, DiscordId], Awaitable[None]]


async def not_minded(*_about: DiscordId) -> None:
    """Nobody else minds."""


class ProblemHintWatcher:
    """Takes the hints; `run` acts on them, on each server at most once in `pause` seconds."""

    def __init__(
        self,
        *,
        problems: ProblemService,
        boards: ProblemBoards,
        unsending: UnsendService,
        targets: LostTargetWatcher,
        strangers: ForeignPostWatcher,
        also: Deleted = not_minded,
        welcomes: Joined = not_minded,
    ) -> None:
        """`also`: who is told of every message that is gone; `welcomes`: of every server that is new."""
        self._problems = problems
        self._boards = boards
        self._unsending = unsending
        self._targets = targets
        self._strangers = strangers
        self._also = also
        self._welcomes = welcomes
        self._joined: dict[DiscordId, DiscordId] = {}  # the channel of each; bounded like the others
        self._guilds: set[DiscordId] = set()  # bounded by the servers that the bot is on
        self._deleted: deque[DiscordId] = deque(maxlen=_MOST)
        self._changed = asyncio.Event()

    def changed(self, guild: DiscordId) -> None:
        """Permissions, channels or threads of a server are not what they were."""
        self._guilds.add(guild)
        self._changed.set()

    def joined(self, guild: DiscordId, channel: DiscordId) -> None:
        """A server invited the bot, which may write in this channel."""
        self._joined[guild] = channel
        self._changed.set()

    def removed(self, guild: DiscordId) -> None:
        """The bot was removed from a server."""
        self._targets.removed(guild)

    def deleted(self, message: DiscordId) -> None:
        self._deleted.append(message)
        self._changed.set()

    def posted(self, channel: DiscordId, message: DiscordId) -> None:
        """The bot's own account posted this."""
        self._strangers.heard(channel, message)

    async def run(
        self,
        beat: Callable[[], None],
        *,
        pause: float = 5.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Act on hints for ever."""
        while True:
            beat()
            try:
                await self.act()
            except DatabaseUnreachable as error:
                log.warning("hints of Discord's are let go: %s", error)
            # A change of one role comes as many events, and each try may cost a refusal: they are gathered.
            await sleep(pause)
            beat()
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def act(self) -> None:
        """Act on what was noted until now."""
        self._changed.clear()
        guilds, self._guilds = self._guilds, set()
        for guild in sorted(guilds):
            await self._problems.guild_changed(guild)
        joined, self._joined = self._joined, {}
        for guild, channel in joined.items():
            await self._welcomes(guild, channel)
        while self._deleted:
            message = self._deleted.popleft()
            await self._boards.deleted(message)
            await self._unsending.line_deleted(message)
            await self._also(message)
        await self._strangers.look_up()
