"""The time a restored database has forgotten: from its backup to its restore.

Things of that time may come in again. Effects that follow from them begin as of unknown fate: each is looked
for first, and done only where it is not there (R19).
"""

from storage.database import Transaction
from storage.engine import instance
from storage.records import Millis

_NAME = "forgotten"
_SKEW: Millis = 300_000  # how far the clocks of Fanvue, Discord and this machine may be apart
_WEEK: Millis = 7 * 86_400_000


async def remember(tx: Transaction, *, now: Millis) -> None:
    """Note that the database is a restored one: it may lack whatever happened until now."""
    newest = await _newest(tx)
    before = await _times(tx)
    # Restored twice within days, it may still lack what it had forgotten the first time.
    began = min(before[0], newest) if before and before[1] > newest - _WEEK else newest
    await instance.remember(tx, _NAME, f"{began} {now}")


async def until(tx: Transaction) -> Millis | None:
    """Until when something may be forgotten; None in a database that never was restored."""
    times = await _times(tx)
    return times[1] if times else None


async def begun(tx: Transaction, since: Millis | None) -> Millis | None:
    """The earliest time at which a thing to be done was begun, if that may be forgotten; else None.

    `since`: from when on it can have been done at all; None: only from now on.
    """
    times = await _times(tx) if since is not None else None
    if since is None or times is None or since >= times[1] + _SKEW:
        return None
    return max(times[0], since) - _SKEW


async def _times(tx: Transaction) -> tuple[Millis, Millis] | None:
    value = await instance.recall(tx, _NAME)
    if value is None:
        return None
    began, ended = value.split()
    return int(began), int(ended)


async def _newest(tx: Transaction) -> Millis:
    """The newest moment that the database knows of; anything it lacks happened later."""
    row = await tx.one(
        """SELECT MAX(at) AS newest FROM (
             SELECT MAX(created_at) AS at FROM outbox
             UNION ALL SELECT MAX(received_at) FROM inbox
             UNION ALL SELECT CAST(value AS BIGINT) FROM kept WHERE name = 'backed_up_at') AS moments"""
    )
    return (row["newest"] if row else None) or 0
