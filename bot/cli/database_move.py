"""An operator moves an installation to another database, or gives that up."""

import sys
from argparse import Namespace
from contextlib import AsyncExitStack

from bot.engine.clock import SystemClock
from storage.engine.connect import open_database, site_of
from storage.engine.database_move import MoveEndpoint, move, reopen
from storage.errors import DatabaseInUse, DriverMissing, StorageError, WrongUrl

IN_USE = 75  # sysexits.h, as in bot.app.lifetime
WRONG_SETTING = 78


async def carry_out(options: Namespace) -> tuple[int, str]:
    """`db copy` or `db reopen`; its exit code, and what to print."""
    try:
        said = await (
            _copy(options.source, options.target) if options.deed == "copy" else _reopen(options.source)
        )
    except DatabaseInUse as error:
        return IN_USE, str(error)
    except (WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except StorageError as error:
        return 1, str(error)
    return 0, said


async def _copy(source: str, target: str) -> str:
    async with AsyncExitStack() as stack:
        here, there = await _end(source, stack), await _end(target, stack)
        rows = await move(here, there, tell=_progress)
    return (
        f"Moved {rows} rows from {here.name} to {there.name}; counts and contents are the same.\n"
        "Put the new address into DATABASE_URL and start the bridge. The old database is not started again."
    )


async def _reopen(source: str) -> str:
    async with AsyncExitStack() as stack:
        here = await _end(source, stack)
        if not await reopen(here):
            return f"{here.name} was not moved away; no changes made."
    return (
        f"{here.name} may be started again, and is treated as restored: nothing is sent before "
        "you confirm. Never start the database that it was moved to as well.\nNext: "
        "fanvue-bridge restored"
    )


async def _end(url: str, stack: AsyncExitStack) -> MoveEndpoint:
    database = await open_database(url, now=SystemClock().now())
    stack.push_async_callback(database.close)
    site = site_of(url)
    return MoveEndpoint(database, site.side(database), site.name)


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
