"""A process of its own for tests: says line by line what it was promised."""

import asyncio
import sys
from functools import partial

from storage.database import Database
from storage.engine import inbox
from storage.engine.connect import open_database
from storage.errors import DatabaseInUse
from tests.storage.record_fixtures import new_fact


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def keep_for_ever(database: Database, first: int) -> None:
    """Keep facts one by one, and name each as soon as it is durable."""
    number = first
    while True:
        fact = new_fact(number)
        await database.write(partial(inbox.keep, new=fact))
        say(fact.id)
        number += 8


async def write(url: str) -> None:
    """Eight writers, until killed."""
    database = await open_database(url, now=0)
    await asyncio.gather(*(keep_for_ever(database, first) for first in range(8)))


async def hold(url: str) -> None:
    """Have the database until stdin ends, then close it, cancelled at once."""
    try:
        database = await open_database(url, now=0)
    except DatabaseInUse as error:
        say(str(error))
        return
    say("open")
    await asyncio.to_thread(sys.stdin.readline)
    closing = asyncio.create_task(database.close())
    asyncio.get_running_loop().call_soon(closing.cancel)
    await asyncio.wait([closing])
    say("cancelled" if closing.cancelled() else "closed")


if __name__ == "__main__":
    asyncio.run({"write": write, "hold": hold}[sys.argv[1]](sys.argv[2]))
