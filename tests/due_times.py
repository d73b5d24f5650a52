"""What waits for its time has it at once: no test races a clock."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.sandbox.program import BridgeInstallation
from storage.engine.connect import open_database

_BUSY = 20.0  # seconds: the bridge writes to the same file


async def its_time_comes(bridge: BridgeInstallation, kind: str) -> int:
    """How many effects of this kind waited: they may leave since a moment ago.

    No process is there meanwhile, so none has looked already how long there is to wait.
    """
    await bridge.stop()
    database = await open_database(bridge._settings["DATABASE_URL"], now=0)
    try:
        waits = "kind = :kind AND state = 'pending'"
        sql = f"UPDATE outbox SET not_before = created_at WHERE {waits}"  # noqa: S608 - our own words
        came = await database.write(lambda tx: tx.execute(sql, kind=kind))
    finally:
        await database.close()
    await bridge.start()
    return came


def newest_promise_falls_due(file: Path) -> None:
    """The one that was written down last has been due since then; the bridge looks for such by itself."""
    with closing(sqlite3.connect(file, timeout=_BUSY)) as database, database:
        database.execute(
            "UPDATE promises SET due_at = made_at WHERE made_at = (SELECT MAX(made_at) FROM promises)"
        )
