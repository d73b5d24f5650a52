"""Recognises another bridge on the same token by posts that no row explains (E6).

A lock keeps two processes on one machine apart; this tells of one that runs elsewhere. Every message of
the bot's own in a fan's thread is looked up once its effect must have been recorded.
"""

import logging
from collections import deque
from dataclasses import dataclass
from functools import partial

from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import fan_footprint, threads
from storage.records import DiscordId, Millis

log = logging.getLogger(__name__)

_MOST = 1000  # messages that wait to be looked up; under a flood the oldest are let go
_TOLD_FOR: Millis = 900_000


@dataclass(frozen=True)
class _UnexplainedPost:
    due: Millis
    channel: DiscordId
    message: DiscordId


class ForeignPostWatcher:
    """Keeps what was heard, looks it up, and remembers the last one that nothing explains."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # By then an attempt was recorded, or what became of it is known.
        self._grace = ctx.waits.nonce + ctx.waits.settle[-1] + ctx.waits.backoff_max
        self._heard: deque[_UnexplainedPost] = deque(maxlen=_MOST)
        self._found: tuple[Millis, DiscordId] | None = None

    def heard(self, channel: DiscordId, message: DiscordId) -> None:
        """The bot posted this, by whichever process."""
        self._heard.append(_UnexplainedPost(self._ctx.clock.now() + self._grace, channel, message))

    async def look_up(self) -> None:
        """Look up what was heard long enough ago."""
        now = self._ctx.clock.now()
        while self._heard and self._heard[0].due <= now:
            heard = self._heard.popleft()
            explained = await self._ctx.database.read(partial(_explained, heard=heard))
            if explained is None:
                self._heard.append(_UnexplainedPost(now + self._grace, heard.channel, heard.message))
            elif not explained:
                self._found = (now, heard.channel)
                log.error("a message of this bot was posted by nothing that this bridge knows of")

    async def probe(self) -> str | None:
        """None when all is well."""
        if self._found is None or self._ctx.clock.now() > self._found[0] + _TOLD_FOR:
            return None
        return tr(
            "The bot posted something in <#{channel}> that this bridge did not: another bridge "
            "seems to run with the same DISCORD_TOKEN. Stop one of them, or give each its own "
            "bot.",
            channel=self._found[1],
        )


async def _explained(tx: Transaction, heard: _UnexplainedPost) -> bool | None:
    """Whether something here explains the message; None when that cannot be told yet."""
    thread = await threads.by_discord(tx, heard.channel)
    if thread is None or heard.message in (thread.card, thread.thread):
        return True  # no fan's thread, or the first message of one
    if await fan_footprint.made(tx, thread.creator, thread.fan, f"{heard.channel}:{heard.message}"):
        return True
    return None if await fan_footprint.in_doubt(tx, thread.creator, thread.fan) else False
