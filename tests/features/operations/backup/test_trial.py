"""A backup is good once a restore of it has proven it."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import backup
from storage.engine.backup_trial import clear_trials, restore_for_trial
from storage.errors import BackupFailed
from tests.storage.test_backup import NOW, WrongKeys, check, damage, facts_in, make, path

__all__ = ["path"]  # a fixture: a database that was begun, with one fact


def tried(copy: Path) -> int:
    return restore_for_trial(copy, check=check, epoch="of the trial", now=NOW)


def rows_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sum(connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names)  # noqa: S608


async def test_a_trial_counts_every_row_and_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "copies" / "one.sqlite3")
    before = copy.read_bytes()

    assert tried(copy) == rows_in(copy) > 0
    assert copy.read_bytes() == before
    assert [file.name for file in copy.parent.iterdir()] == ["one.sqlite3"]
    assert facts_in(copy) == facts_in(path)


async def test_a_backup_that_was_damaged_since_is_no_good_one(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    damage(copy)

    with pytest.raises(BackupFailed):
        tried(copy)
    assert copy.exists()
    assert not (tmp_path / ".one.sqlite3.trying").exists()


async def test_a_backup_that_the_keys_do_not_open_is_no_good_one(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE instance SET canary = x'00'")
        connection.commit()

    with pytest.raises(WrongKeys):
        tried(copy)


async def test_what_a_killed_trial_left_is_deleted_and_one_under_way_is_not(
    path: Path, tmp_path: Path
) -> None:
    copy = make(path, backup.dated(tmp_path, NOW))
    left, busy = tmp_path / f".{copy.name}.trying", tmp_path / ".bridge-20260102T000000Z.sqlite3.trying"
    for folder in (left, busy):
        folder.mkdir()
        (folder / "bridge.sqlite3").write_bytes(b"half of it")
        (folder / "trial.lock").touch()
    lock = os.open(busy / "trial.lock", os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)

    assert clear_trials(tmp_path) == [left]
    assert busy.exists()
    os.close(lock)
    assert clear_trials(tmp_path) == [busy]
    assert clear_trials(tmp_path / "nowhere") == []
