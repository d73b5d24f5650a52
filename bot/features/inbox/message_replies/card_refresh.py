"""Refreshes the cards of a creator's open threads, a portion at a time."""

from collections.abc import Awaitable, Callable
from functools import partial

from storage.database import Database, Transaction
from storage.engine import instance
from storage.inbox import message_replies
from storage.records import CreatorId, FanId

WantCard = Callable[[Transaction, CreatorId, FanId], Awaitable[None]]

_NAME = "typed cards "
_PORTION = 50  # threads in one commit: whoever writes meanwhile hardly waits


class ThreadCardRefresh:
    """Its progress outlives a restart; begun again meanwhile, it starts with the first thread."""

    def __init__(self, *, database: Database, want: WantCard, portion: int = _PORTION) -> None:
        """`want`: has a fan's card shown."""
        self._database = database
        self._want = want
        self._portion = portion

    async def begin(self, tx: Transaction, creator: CreatorId) -> None:
        """Note that every card of this creator changes in this transaction."""
        await instance.remember(tx, _NAME + creator, "")

    async def go_on(self) -> int:
        """Until nothing is left of what was begun; how many commits it took."""
        commits = 0
        for name in await self._database.read(lambda tx: instance.names(tx, _NAME)):
            left = True
            while left:
                left = await self._database.write(partial(self._some, name=name))
                commits += 1
        return commits

    async def _some(self, tx: Transaction, *, name: str) -> bool:
        last = await instance.recall(tx, name)
        if last is None:
            return False  # somebody else was faster
        creator = CreatorId(name.removeprefix(_NAME))
        fans = await message_replies.fans_with_threads(tx, creator, after=last, limit=self._portion)
        for fan in fans:
            await self._want(tx, creator, fan)
        if len(fans) < self._portion:
            await instance.forget(tx, name)
            return False
        await instance.remember(tx, name, fans[-1])
        return True
