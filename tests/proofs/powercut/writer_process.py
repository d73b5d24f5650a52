"""Writes through the bridge's storage and says what was acknowledged.

    python -m tests.proofs.powercut.writer_process FOLDER full|normal FACTS

Every write is acknowledged only after `Database.write` has returned. It ends without closing anything.
"""

import asyncio
import hashlib
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from storage.database import Transaction
from storage.engine import inbox, outbox, stream_heads
from storage.engine.connect import open_database
from storage.engine.epochs import EpochFile, begin_run
from storage.engine.sqlite import SqliteDatabase
from storage.records import EffectId, EffectState, FactId, Stream
from tests.audit_log_fixtures import note_restored
from tests.storage.record_fixtures import new_effect, new_fact

DATABASE = "bridge.sqlite3"
ACKNOWLEDGED = "acknowledged"
_WRITERS = 4
_ROUNDS = 3


def body(number: int) -> bytes:
    """What fact `number` holds: 32 to about 1,600 bytes that no other fact holds."""
    seed = hashlib.sha256(str(number).encode()).digest()
    return seed * (1 + seed[0] % 50)


async def _keep(tx: Transaction, number: int) -> None:
    fact = new_fact(number, body=body(number))
    await inbox.keep(tx, fact)
    await outbox.add(
        tx, new_effect(number, cause=fact.id, stream=Stream(f"fv:{number % 7}"), body=body(number))
    )


async def _write(database: SqliteDatabase, number: int, acknowledge: Callable[[str], None]) -> None:
    fact, effect = FactId(f"fact-{number}"), EffectId(f"effect-{number}")
    await database.write(partial(_keep, number=number))
    acknowledge(f"{fact} pending")
    await database.write(partial(outbox.begin, effect=effect, now=1))
    acknowledge(f"{fact} sending")
    await database.write(lambda tx: stream_heads.end(tx, effect, EffectState.DONE, now=2))
    acknowledge(f"{fact} done")


async def _round(
    path: Path, synchronous: str, numbers: range, acknowledge: Callable[[str], None]
) -> SqliteDatabase:
    database = await open_database(f"sqlite:///{path}", now=0)
    assert isinstance(database, SqliteDatabase)
    epoch = f"epoch-{numbers.start}"
    assert (
        await begin_run(database, EpochFile(path), epoch=epoch, canary=b"canary", now=0, note=note_restored)
        is None
    )
    if synchronous == "normal":  # only so that the test is seen to fail where it must
        engine: Any = database._engine
        await engine.writer.run(lambda session: session.run("PRAGMA synchronous = NORMAL", {}))

    async def writer(mine: range) -> None:
        for number in mine:
            await _write(database, number, acknowledge)

    await asyncio.gather(*(writer(numbers[first::_WRITERS]) for first in range(_WRITERS)))
    return database


async def main(folder: Path, synchronous: str, facts: int) -> None:
    """Write `facts` facts in three rounds; between two, the database is closed and opened."""
    said = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    size = facts // _ROUNDS
    for number in range(_ROUNDS):
        numbers = range(number * size, (number + 1) * size)
        database = await _round(
            folder / DATABASE, synchronous, numbers, lambda line: _acknowledge(said, line)
        )
        if number < _ROUNDS - 1:
            await database.close()
    os._exit(0)


def _acknowledge(said: int, line: str) -> None:
    data = f"{line}\n".encode()
    assert os.write(said, data) == len(data)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
