"""A world whose database can be backed up and put back, as the operator does it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from storage.engine import backup, restore_review
from storage.engine.connect import open_database, site_of
from storage.engine.epochs import begin_run
from storage.engine.restore_review import RestoreDifferences
from tests import postgres
from tests.audit_log_fixtures import note_restored
from tests.database_place import database_in, on_postgres
from tests.relay.relay_scenario import RelayScenario, running

W = TypeVar("W", bound=RelayScenario)
LATER = 3_600_000  # the backup is an hour old when it is put back


@asynccontextmanager
async def begun(folder: Path, opened: Callable[[Path], AbstractAsyncContextManager[W]]) -> AsyncIterator[W]:
    """A world whose database was begun as at every start."""
    async with opened(folder) as world:
        await _begin(world, folder)
        try:
            yield world
        finally:
            await world.crash()
            await world.database.close()  # by then it may be another than the one that was opened


def an_evening(folder: Path) -> AbstractAsyncContextManager[RelayScenario]:
    """The same with the world of most tests."""
    return begun(folder, running)


def back_up(world: RelayScenario, folder: Path) -> None:
    """Make the one backup of this test."""
    if on_postgres():
        file = f"--file={folder / 'backup.sqlite3'}"
        postgres.tool("pg_dump", "--format=custom", file, url=database_in(folder))
        return
    backup.make(
        folder / "bridge.sqlite3",
        folder / "backup.sqlite3",
        check=world.sealer.check,
        epoch="backup",
        now=world.clock.now(),
    )


@asynccontextmanager
async def at_rest(world: RelayScenario) -> AsyncIterator[None]:
    """Nothing is driven meanwhile, so that what is begun in here is still undone in the backup."""
    await world.crash()
    yield
    await world.restart()


async def put_back(world: RelayScenario, folder: Path, *, later: int = LATER) -> RestoreDifferences:
    """The process dies, some time passes, the operator restores; what they are shown. Nothing runs yet."""
    await world.crash()
    await world.database.close()
    world.clock.at += later
    path = folder / "bridge.sqlite3"
    if on_postgres():
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        postgres.tool("pg_restore", *options, str(folder / "backup.sqlite3"), url=database_in(folder))
    else:
        check = world.sealer.check
        backup.put_back(folder / "backup.sqlite3", path, check=check, epoch="put back", now=world.clock.now())
    world.database = await open_database(database_in(folder), now=world.clock.now())
    assert await _begin(world, folder) == world.clock.now()
    world.build()
    assert await world.deliveries.recover() == []  # nothing is left that would be carried out
    shown = await world.database.read(restore_review.differences)
    assert shown is not None
    return shown


async def accept(world: RelayScenario) -> None:
    """The operator speaks and starts the bridge; all that follows has happened."""
    assert await world.database.write(partial(restore_review.accept, now=world.clock.now()))
    await world.restart()
    for _ in range(20):
        await world.pass_time(10_000)


async def _begin(world: RelayScenario, folder: Path) -> int | None:
    side = site_of(database_in(folder)).side(world.database)
    epoch, canary = world.ids.new(), world.sealer.canary()
    return await begin_run(
        world.database, side, epoch=epoch, canary=canary, now=world.clock.now(), note=note_restored
    )
