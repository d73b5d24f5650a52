"""A process joins those that share its database; the first begins their run."""

import asyncio
import logging
from functools import partial

from bot.engine.cluster.driver import prepare
from storage.database import Database, Transaction
from storage.engine import catch_up, identify_counts, shards, task_leases
from storage.engine.cluster_members import expected

log = logging.getLogger(__name__)

_PAUSE = 0.25  # seconds between two looks at whether whoever begins has begun; each is a sign of life


async def join(database: Database, me: str) -> bool:
    """Have what several need; True when this process begins their run, and all others wait for `came_in`.

    Raises DatabaseInUse when others work with another version.
    """
    await _all_are_back(database, me)
    await prepare(database, me)

    async def work(tx: Transaction) -> None:
        await task_leases.ensure(tx)
        await catch_up.ensure(tx)
        await shards.ensure(tx)
        await identify_counts.ensure(tx)

    await database.write(work)
    return await begins(database, me, comes=True)


async def _all_are_back(database: Database, me: str) -> None:
    """The database may have been away: nobody counts as gone who has had no time to come back."""
    waits = False
    while await database.write(partial(expected, me=me)):
        if not waits:
            log.info("others have shown no sign of life; this process waits whether they come back")
        waits = True
        await asyncio.sleep(_PAUSE)


async def begins(database: Database, me: str, *, comes: bool = False) -> bool:
    """See `join`; asked again by a standby, perhaps through an outage: others may come back."""
    while (first := await database.write(partial(task_leases.begins, me=me, comes=comes))) is None:
        log.info("another process is just beginning; this one waits for it")
        await asyncio.sleep(_PAUSE)
    return first


async def stands_by(database: Database, me: str) -> None:
    """It waits until others are gone: nobody waits for it."""
    await database.write(partial(task_leases.stands_by, me=me))


async def came_in(database: Database, me: str) -> None:
    """All that must be done before others may come in is done."""
    await database.write(partial(task_leases.came_in, me=me))
