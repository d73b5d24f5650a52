"""What can be read of a database beside the bridge that owns it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Transaction
from storage.engine.connect import open_database
from storage.engine.lockfile import LockFile, holder, lock_of
from storage.engine.migrate import applied, load
from storage.engine.shared_snapshot import damage, read_beside
from storage.errors import DatabaseTooNew, DatabaseUnreachable
from storage.operations import sealing_keys
from tests.database_place import with_schema


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database that was opened once."""
    path = tmp_path / "bridge.sqlite3"
    database = await open_database(with_schema(f"sqlite:///{path}"), now=0)
    await database.close()
    return path


def carry_out(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_the_version_is_read_without_a_write(path: Path) -> None:
    async def version(tx: Transaction) -> int:
        return await applied(tx, load("sqlite"))

    assert read_beside(path, version) == len(load("sqlite"))
    carry_out(path, "INSERT INTO migrations VALUES (9999, 'x', 'x', 0)")
    with pytest.raises(DatabaseTooNew):
        read_beside(path, version)


def test_the_beginnings_of_all_sealed_values_are_found_once_each(path: Path) -> None:
    carry_out(
        path,
        "INSERT INTO instance VALUES (1, 'e', x'010137AABB', NULL, 0)",
        "INSERT INTO tokens VALUES ('l', 1, x'010137FF', x'01023737FF', 0, 0, NULL, NULL, 0)",
        "INSERT INTO revocations VALUES ('r', NULL, NULL, 'done', 0, 0, 0)",
    )

    assert read_beside(path, sealing_keys.heads) == {b"\x01\x017", b"\x01\x0277"}


def test_a_whole_database_has_no_damage_and_a_spoilt_one_has(path: Path) -> None:
    assert damage(path, seconds=5) is None

    raw = bytearray(path.read_bytes())
    raw[4096 : 20 * 4096] = bytes(19 * 4096)
    path.write_bytes(raw)

    assert damage(path, seconds=5) is not None


def test_a_database_too_big_to_be_read_in_time_says_so(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        rows = ((f"n{number}", "x" * 400) for number in range(50_000))
        connection.executemany("INSERT INTO kept VALUES (?, ?)", rows)
        connection.commit()

    with pytest.raises(TimeoutError):
        damage(path, seconds=-1)


def test_no_database_is_no_damage_but_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        damage(tmp_path / "none.sqlite3", seconds=5)


def test_who_holds_a_lock_is_seen_without_taking_it(tmp_path: Path) -> None:
    path = lock_of(tmp_path / "bridge.sqlite3")
    assert holder(path) is None

    lock = LockFile(path)
    held = holder(path)
    lock.release()

    assert held is not None
    assert held > 0
    assert holder(path) is None
