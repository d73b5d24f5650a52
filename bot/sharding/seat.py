"""The one session of a bot with Discord: waited for, held, and given back."""

import asyncio
from types import TracebackType
from typing import Self

from bot.alone import BotInUse
from bot.sharding.owning import Locks, ShardOwner
from bot.sharding.timing import ShardTiming
from storage.database import Database
from storage.shards import Gatekeeper

_LOST = (
    "Another process took over the session with Discord, because this one gave no sign of life for too long. "
    "It ends; started again, it stands by."
)


class Seat:
    """Looked for while its `async with` lasts. Whoever loses it ends: another answers already."""

    def __init__(
        self,
        *,
        database: Database,
        application: int,
        token: str,
        locks: Locks,
        timing: ShardTiming | None = None,
    ) -> None:
        """`application`: Discord's id of the bot. `token`: this process's name among those that wait."""
        timing = timing or ShardTiming()
        self._had = asyncio.Event()
        self._owner = ShardOwner(
            database=database,
            me=Gatekeeper(application, token, 1, timing.lease),
            session=self._sit,
            locks=locks,
            timing=timing,
        )
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """From now on it is taken when nobody has it."""
        self._running = asyncio.create_task(self._owner.run(), name="seat")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Others may have it at once."""
        assert self._running is not None
        self._running.cancel()
        await asyncio.wait({self._running})

    @property
    def stands_by(self) -> bool:
        """Whether another process speaks for it; False, too, as long as it is not known."""
        return self._owner.holds_none

    async def had(self) -> None:
        """Return when this process speaks for the bot. Raises what the looking ended with."""
        assert self._running is not None
        waits = asyncio.create_task(self._had.wait())
        try:
            await asyncio.wait({waits, self._running}, return_when=asyncio.FIRST_COMPLETED)
            if self._running.done():
                self._running.result()
        finally:
            waits.cancel()

    async def kept(self) -> None:
        """Lasts for as long as it is had. Raises BotInUse when another process has it."""
        assert self._running is not None
        await asyncio.shield(self._running)

    async def _sit(self, _shard: int) -> None:
        self._had.set()
        try:
            await asyncio.Event().wait()  # nobody sets it: it ends when the part is lost, or given back
        except asyncio.CancelledError:
            raise BotInUse(_LOST) from None
