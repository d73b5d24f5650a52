"""A process joins those that share its database; the first begins their run."""

import asyncio
import logging
from functools import partial

from bot.dispatching.driver import prepare
from storage import catching_up, shifts
from storage.database import Database, Transaction
from storage.members import LEASE

log = logging.getLogger(__name__)

_PAUSE = 0.25  # seconds between two looks at whether whoever begins has begun; each is a sign of life
_GONE = LEASE + 5.0  # by then one that was killed is struck out


async def join(database: Database, me: str) -> bool:
    """Have what several need; True when this process begins their run, and all others wait for `came_in`.

    Raises DatabaseInUse when others work with another version.
    """
    await prepare(database, me)

    async def work(tx: Transaction) -> bool | None:
        await shifts.ensure(tx)
        await catching_up.ensure(tx)
        return await shifts.begins(tx, me)

    while (first := await database.write(work)) is None:
        log.info("another process is just beginning; this one waits for it")
        await asyncio.sleep(_PAUSE)
    return first


async def came_in(database: Database, me: str) -> None:
    """All that must be done before others may come in is done."""
    await database.write(partial(shifts.came_in, me=me))


async def have(database: Database, me: str, name: str, *, patience: float = _GONE) -> bool:
    """Take a shift that is needed from the start; False when somebody has it who lives."""
    for _ in range(int(patience / _PAUSE)):
        if await database.write(partial(shifts.take, name=name, me=me)):
            return True
        await asyncio.sleep(_PAUSE)
    return False
