"""Questions of /readyz: is there room, and can be written."""

from pathlib import Path

from bot.engine.readiness_probes import roomy, writable
from storage.engine.connect import open_database
from tests.database_place import with_schema


async def test_room_is_told_only_when_there_is_too_little(tmp_path: Path) -> None:
    assert await roomy(tmp_path, least=1)() is None
    said = await roomy(tmp_path, least=1 << 60)()
    assert said is not None
    assert "make room" in said


async def test_a_database_that_is_closed_cannot_be_written(tmp_path: Path) -> None:
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    open_ = await writable(database)()
    await database.close()

    assert open_ is None
    assert "cannot be written" in str(await writable(database)())
