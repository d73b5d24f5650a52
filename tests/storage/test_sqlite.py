"""What is SQLite's own: group commit, locks, full disks, files and threads."""

import asyncio
import logging
import sqlite3
import stat
from functools import partial
from pathlib import Path

import pytest

from storage.database import Transaction
from storage.engine.sqlite import SqliteDatabase
from storage.errors import DatabaseInUse, DatabaseUnreachable
from tests.storage.row_fixtures import kept, kept_in, put

FULL = 2  # PRAGMA synchronous


def path_of(tmp_path: Path) -> Path:
    return tmp_path / "rows.sqlite3"


async def test_every_commit_is_synced_and_references_are_kept(sqlite: SqliteDatabase) -> None:
    async def settings(tx: Transaction) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [list((await tx.one(f"PRAGMA {name}") or {}).values())[0] for name in names]  # noqa: RUF015 - plainer

    assert await sqlite.write(settings) == ["wal", FULL, 1, 20]


async def test_a_locked_file_stores_nothing_and_works_again_afterwards(
    sqlite: SqliteDatabase, tmp_path: Path
) -> None:
    other = sqlite3.connect(path_of(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    ends = await asyncio.gather(sqlite.write(put("1")), sqlite.write(put("2")), return_exceptions=True)
    readable = await kept(sqlite)
    other.execute("ROLLBACK")
    other.close()
    await sqlite.write(put("3"))

    assert [type(end) for end in ends] == [DatabaseUnreachable] * 2
    assert ends[0] is not ends[1]
    assert str(ends[0]) == "Nothing was stored: SQLite says “database is locked”."
    assert readable == []
    assert await kept(sqlite) == ["3"]


async def test_a_full_disk_stores_nothing_of_the_group_and_works_again_afterwards(
    sqlite: SqliteDatabase,
) -> None:
    told: list[str] = []
    pages = partial(SqliteDatabase.write, sqlite)
    await pages(lambda tx: tx.one("PRAGMA max_page_count = 10"))

    async def small(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("small"))
        await put("1")(tx)

    async def swallow(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("swallow"))
        try:
            await put("x" * 100_000)(tx)
        except sqlite3.OperationalError as error:
            raise LookupError from error

    ends = await asyncio.gather(
        sqlite.write(small), sqlite.write(swallow), sqlite.write(put("2")), return_exceptions=True
    )
    await pages(lambda tx: tx.one("PRAGMA max_page_count = 1000000"))
    await sqlite.write(put("3"))

    assert [type(end) for end in ends] == [DatabaseUnreachable] * 3
    assert "full" in str(ends[0])
    assert told == []
    assert await kept(sqlite) == ["3"]


async def test_a_commit_that_fails_fails_for_everybody_and_the_next_one_works(sqlite: SqliteDatabase) -> None:
    await sqlite.write(
        lambda tx: tx.execute(
            "CREATE TABLE late (id TEXT REFERENCES rows (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    )

    async def own(tx: Transaction) -> None:
        raise LookupError

    ends = await asyncio.gather(
        sqlite.write(put("1")),
        sqlite.write(lambda tx: tx.execute("INSERT INTO late (id) VALUES ('none')")),
        sqlite.write(own),
        return_exceptions=True,
    )
    await sqlite.write(put("2"))

    assert [type(end) for end in ends] == [DatabaseUnreachable, DatabaseUnreachable, LookupError]
    assert await kept(sqlite) == ["2"]


async def test_work_that_ends_the_transaction_of_its_group_is_found_out(sqlite: SqliteDatabase) -> None:
    with pytest.raises(DatabaseUnreachable):
        await sqlite.write(lambda tx: tx.execute("ROLLBACK"))

    await sqlite.write(put("1"))
    assert await kept(sqlite) == ["1"]


async def test_a_read_that_swallows_a_fault_is_not_believed(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    database = await SqliteDatabase.open(path, busy_timeout=20)
    await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)"))
    await database.write(put(*(str(number) for number in range(20_000))))
    await database.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    database = await SqliteDatabase.open(path, busy_timeout=20)

    async def look(tx: Transaction) -> bool:
        try:
            return bool(await tx.all("SELECT id FROM rows"))
        except sqlite3.DatabaseError:
            return False

    with pytest.raises(DatabaseUnreachable, match="malformed"):
        await database.read(look)
    with pytest.raises(DatabaseUnreachable, match="malformed"):
        await kept(database)
    await database.close()


async def test_on_commit_finds_the_row_in_the_file(sqlite: SqliteDatabase, tmp_path: Path) -> None:
    found: list[list[str]] = []

    async def work(tx: Transaction) -> None:
        tx.on_commit(lambda: found.append(kept_in(path_of(tmp_path))))
        await put("1")(tx)

    await asyncio.gather(sqlite.write(work), sqlite.write(put("2")))
    assert found == [["1", "2"]]


async def test_the_files_belong_to_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "made" / "on the way" / "bridge.sqlite3"
    loose = tmp_path / "loose.sqlite3"
    loose.touch(mode=0o644)
    loose.chmod(0o644)

    for one in (path, loose):
        database = await SqliteDatabase.open(one)
        await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in one.parent.glob(f"{one.name}*")}
        await database.close()
        assert modes == {f"{one.name}{end}": 0o600 for end in ("", "-wal", "-shm", ".lock")}


async def test_the_database_has_one_owner_at_a_time(sqlite: SqliteDatabase, tmp_path: Path) -> None:
    with pytest.raises(DatabaseInUse, match="number"):
        await SqliteDatabase.open(path_of(tmp_path))

    await sqlite.write(put("1"))
    await sqlite.close()
    again = await SqliteDatabase.open(path_of(tmp_path))
    assert await kept(again) == ["1"]
    await again.close()


async def test_a_file_that_is_no_database_is_refused_and_freed(tmp_path: Path) -> None:
    path = path_of(tmp_path)
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)

    for _ in range(2):
        with pytest.raises(DatabaseUnreachable, match="not a database"):
            await SqliteDatabase.open(path)
    path.unlink()
    database = await SqliteDatabase.open(path)
    await database.close()


async def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DatabaseUnreachable, match="cannot be opened"):
        await SqliteDatabase.open(tmp_path / "file" / "bridge.sqlite3")


async def test_one_transaction_is_one_hop_and_its_values_are_never_logged(
    sqlite: SqliteDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="aiosqlite")  # which the bridge itself never lets say so much

    await sqlite.write(put("a secret", "another secret", "a third secret"))

    hops = [record for record in caplog.records if record.getMessage().startswith("executing")]
    assert len(hops) == 1
    assert "secret" not in caplog.text


async def test_what_was_deleted_is_overwritten_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "erased.sqlite3"
    database = await SqliteDatabase.open(path)
    await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, body BYTEA)"))
    for number in range(50):
        body = b"a destroyed key %d " % number * 200
        await database.write(
            lambda tx, n=str(number), body=body: tx.execute(
                "INSERT INTO rows VALUES (:n, :body)", n=n, body=body
            )  # type: ignore[misc]
        )
    await database.write(lambda tx: tx.execute("DELETE FROM rows"))
    await database.close()  # the last connection brings the log home

    assert b"a destroyed key" not in path.read_bytes()


async def test_whatever_was_stored_is_in_the_file_when_it_is_closed(tmp_path: Path) -> None:
    left = []
    for number in range(150):  # one in twenty was not
        path = tmp_path / f"{number}.sqlite3"
        database = await SqliteDatabase.open(path)
        await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT)"))
        await asyncio.gather(*(database.read(lambda tx: tx.all("SELECT id FROM rows")) for _ in range(8)))
        await database.close()
        left += [number] if path.with_name(f"{path.name}-wal").exists() else []

    assert left == []
