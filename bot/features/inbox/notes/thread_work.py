"""Work about the fan of a thread: looked up, done in one commit, told."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.features.inbox.notes.texts import NO_FAN
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import threads
from storage.records import CreatorId, DiscordId, FanId, FanThread

R = TypeVar("R")
Work = Callable[[Transaction, FanThread], Awaitable[R]]
# Whoever shows a fan hears in the same commit that what is known of them changed. Adds effects, nothing else.
Listener = Callable[[Transaction, CreatorId, FanId], Awaitable[None]]


class FanThreadWork:
    """Raises ReplyRefused where the thread is no fan's."""

    def __init__(self, ctx: Context, *, listeners: Sequence[Listener] = ()) -> None:
        """`listeners`: fan cards, and all else that shows what is known of a fan."""
        self._ctx = ctx
        self._listeners = tuple(listeners)

    async def look(self, channel: DiscordId, work: Work[R]) -> R:
        """Read about the thread's fan."""
        return await self._ctx.database.read(_in(channel, work))

    async def change(self, channel: DiscordId, work: Work[R]) -> R:
        return await self._ctx.database.write(_in(channel, work))

    async def changed(
        self, tx: Transaction, thread: FanThread, actor: DiscordId, action: str, target: str = ""
    ) -> None:
        """Part of `change`: write to the audit log, and tell the listeners."""
        await self._ctx.trail.write(
            tx, action, "done", target=target, actor=actor, creator=thread.creator, fan=thread.fan
        )
        for listener in self._listeners:
            await listener(tx, thread.creator, thread.fan)


def _in(channel: DiscordId, work: Work[R]) -> Callable[[Transaction], Awaitable[R]]:
    async def deed(tx: Transaction) -> R:
        thread = await threads.by_discord(tx, channel)
        if thread is None:
            raise ReplyRefused(tr(NO_FAN))
        return await work(tx, thread)

    return deed
