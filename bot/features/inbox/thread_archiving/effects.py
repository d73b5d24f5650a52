"""The deed that archives a thread, unless it is needed again by then."""

from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import idle_threads
from storage.records import DiscordId, Effect


class ThreadArchivePort(Protocol):
    """A Discord on which a thread can be put to rest."""

    async def rest(self, thread: DiscordId) -> None:
        """Archive a thread; fine when it is archived already."""


class ThreadArchiveHandler(EffectHandler):
    """Needs no person: a thread that cannot be archived stays awake, and another one is found."""

    on_server = False  # it shows nothing, and others need the room

    def __init__(self, ctx: Context, *, discord: ThreadArchivePort) -> None:
        self._ctx = ctx
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Look once more, then archive it. A line comes behind it in the stream, and wakes it."""
        thread, now = DiscordId(body["thread"]), self._ctx.clock.now()

        async def may(tx: Transaction) -> bool:
            fans = await idle_threads.idle(tx, [thread], now=now, besides=effect.id)
            return bool(fans or await idle_threads.quiet_posts(tx, [thread], besides=effect.id))

        if not await self._ctx.database.read(may):
            return Moot(msgid("The thread is in use again."))
        try:
            await self._discord.rest(thread)
        except (DeliveryRefused, TargetGone) as never:
            return Moot(never.reason)
        except TryLater as later:
            if later.paused:
                return Moot(later.reason)
            raise
        return Done()
