"""Tells those who show conversations of changes in the same commit."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.inbox import conversations
from storage.inbox.conversations import Conversation
from storage.records import CreatorId, FanId


@dataclass(frozen=True)
class ConversationChanged:
    """Something that can be seen of a talk is not what it was. `before`: None where there was no talk.

    `calm`: both sides are at it, so that more follows soon. What nobody asked for by hand may wait for that.
    """

    creator: CreatorId
    fan: FanId
    before: Conversation | None
    after: Conversation
    calm: bool = False


# Adds effects, and nothing else: what it raises undoes the fact or the press that the change came from.
Listener = Callable[[Transaction, ConversationChanged], Awaitable[None]]
FanListener = Callable[[Transaction, CreatorId, FanId], Awaitable[None]]
Change = Callable[[Transaction], Awaitable[Conversation]]


async def unmoved(_tx: Transaction, _creator: CreatorId, _fan: FanId, /) -> None:
    """Nobody shows what is known of fans."""


class ConversationChanges:
    """Carries changes out and tells of them; every method is part of the caller's transaction."""

    def __init__(self, listeners: Sequence[Listener] = ()) -> None:
        """The listeners: cards, tags, boards."""
        self._listeners = list(listeners)

    def hear(self, listener: Listener) -> None:
        """Another one who shows talks; while the program is built."""
        self._listeners.append(listener)

    async def make(
        self, tx: Transaction, creator: CreatorId, fan: FanId, change: Change, *, calm: bool = False
    ) -> Conversation:
        """Do it, and tell the listeners, if there is anything new to see. `calm`: as they are told."""
        before = await conversations.get(tx, creator, fan)
        after = await change(tx)
        if after.version != (before.version if before is not None else 0):
            await self.tell(tx, before, after, calm=calm)
        return after

    async def tell(
        self, tx: Transaction, before: Conversation | None, after: Conversation, *, calm: bool = False
    ) -> None:
        """Tell of a change that was made already."""
        for listener in self._listeners:
            await listener(tx, ConversationChanged(after.creator, after.fan, before, after, calm))
