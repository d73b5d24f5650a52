"""Backups: of a running bridge, proven; put back only while nobody runs."""

import fcntl
import os
import shutil
import signal
import sqlite3
import stat
from pathlib import Path

import pytest

from storage.database import Transaction
from storage.engine import backup, inbox, restore_review
from storage.engine.connect import open_database
from storage.engine.epochs import EpochFile, begin_run
from storage.errors import BackupFailed, DatabaseInUse, DatabaseTooNew, DatabaseUnreachable
from tests.audit_log_fixtures import note_restored
from tests.database_place import with_schema
from tests.storage.record_fixtures import new_fact
from tests.storage.test_processes import end_of, line_of, start

NOW = 1_795_564_800_000  # 2026-11-25 00:00:00 UTC


class WrongKeys(Exception):
    """What the keyring would raise."""


def check(canary: bytes) -> None:
    if canary != b"canary":
        raise WrongKeys


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database that was begun, with one fact, closed."""
    path = tmp_path / "data" / "bridge.sqlite3"
    await begin(path, "first", new_fact(1_000_000))
    return path


async def begin(path: Path, epoch: str, *facts: inbox.NewFact) -> int | None:
    async def keep(tx: Transaction) -> None:
        for fact in facts:
            await inbox.keep(tx, fact)

    database = await open_database(with_schema(f"sqlite:///{path}"), now=0)
    waiting = await begin_run(
        database, EpochFile(path), epoch=epoch, canary=b"canary", now=5, note=note_restored
    )
    await database.write(keep)
    await database.close()
    return waiting


def facts_in(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT id FROM inbox")}
    finally:
        connection.close()


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def file_of(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 18)


def make(path: Path, to: Path) -> Path:
    backup.make(path, to, check=check, epoch="of the copy", now=NOW)
    return to


async def test_a_backup_of_a_running_bridge_has_every_row_acknowledged_before_it(
    path: Path, tmp_path: Path
) -> None:
    process = await start("write", f"sqlite:///{path}")
    before = {(await line_of(process)).strip() for _ in range(100)}

    copy = make(path, tmp_path / "copies" / "one.sqlite3")

    after = {(await line_of(process)).strip() for _ in range(100)}
    os.kill(process.pid, signal.SIGKILL)
    await end_of(process)
    assert before <= facts_in(copy)
    assert len(after) == 100  # it went on writing
    assert mode_of(copy) == 0o600
    assert [file.name for file in copy.parent.iterdir()] == ["one.sqlite3"]


async def test_a_backup_after_a_crash_has_what_is_only_in_the_log(path: Path, tmp_path: Path) -> None:
    process = await start("write", f"sqlite:///{path}")
    promised = {(await line_of(process)).strip() for _ in range(50)}
    os.kill(process.pid, signal.SIGKILL)
    await end_of(process)

    assert promised <= facts_in(make(path, tmp_path / "one.sqlite3"))


async def test_a_backup_never_overwrites(path: Path, tmp_path: Path) -> None:
    there = tmp_path / "one.sqlite3"
    there.write_text("somebody's")

    with pytest.raises(BackupFailed, match="never overwrites"):
        make(path, there)
    assert there.read_text() == "somebody's"


async def test_a_backup_that_the_keys_do_not_open_is_not_kept(path: Path, tmp_path: Path) -> None:
    def other(canary: bytes) -> None:
        raise WrongKeys

    folder = tmp_path / "copies"

    with pytest.raises(WrongKeys):
        backup.make(path, folder / "one.sqlite3", check=other, epoch="copy", now=NOW)
    assert list(folder.iterdir()) == []


async def test_a_damaged_database_makes_no_backup(path: Path, tmp_path: Path) -> None:
    damage(path)

    with pytest.raises(BackupFailed):
        make(path, tmp_path / "one.sqlite3")
    assert not (tmp_path / "one.sqlite3").exists()


def test_there_must_be_a_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="There is no database at"):
        make(tmp_path / "none.sqlite3", tmp_path / "one.sqlite3")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50], ids=["empty", "text"])
async def test_what_is_no_backup_is_not_put_back(path: Path, tmp_path: Path, content: bytes) -> None:
    file = file_of(tmp_path / "file", content)
    before = content_of(path)

    with pytest.raises(BackupFailed, match="Nothing was restored"):
        backup.put_back(file, path, check=check, epoch="put back", now=NOW)
    assert content_of(path) == before
    assert await begin(path, "next") is None  # as if nothing had been tried


async def test_a_database_that_was_never_begun_is_no_backup(path: Path, tmp_path: Path) -> None:
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/fresh.sqlite3"), now=0)
    await database.close()

    with pytest.raises(BackupFailed, match="no bridge that was ever started"):
        backup.put_back(tmp_path / "fresh.sqlite3", path, check=check, epoch="put back", now=NOW)


async def test_a_backup_of_a_newer_program_is_refused(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    connection = sqlite3.connect(copy)
    connection.execute("INSERT INTO migrations VALUES (9999, 'later', 'x', 0)")
    connection.commit()
    connection.close()

    with pytest.raises(DatabaseTooNew):
        backup.put_back(copy, path, check=check, epoch="put back", now=NOW)
    assert await begin(path, "next") is None


async def test_nothing_is_put_back_while_a_bridge_runs(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    process = await start("hold", f"sqlite:///{path}")
    assert await line_of(process) == "open\n"

    with pytest.raises(DatabaseInUse):
        backup.put_back(copy, path, check=check, epoch="put back", now=NOW)
    await end_of(process)


async def test_what_was_there_is_kept_aside_with_its_log(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    process = await start("write", f"sqlite:///{path}")
    promised = {(await line_of(process)).strip() for _ in range(50)}
    os.kill(process.pid, signal.SIGKILL)
    await end_of(process)

    put = backup.put_back(copy, path, check=check, epoch="put back", now=NOW)

    assert facts_in(path) == {"fact-1000000"}
    assert put.aside == path.with_name("bridge.sqlite3.before-20261125T000000Z")
    assert promised <= facts_in(put.aside)
    assert mode_of(path) == 0o600
    assert await begin(path, "next") == 5


async def test_a_restore_that_failed_half_way_leaves_no_ordinary_database(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    in_the_way = path.with_name("bridge.sqlite3-shm")
    in_the_way.unlink(missing_ok=True)
    in_the_way.mkdir()

    with pytest.raises(BackupFailed, match="Nothing was restored"):
        backup.put_back(copy, path, check=check, epoch="put back", now=NOW)
    in_the_way.rmdir()
    assert facts_in(path) == {"fact-1000000"}
    assert await begin(path, "next") == 5


async def test_two_restores_within_one_second_keep_both_former_databases(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "copy.sqlite3")

    put = [backup.put_back(copy, path, check=check, epoch="put back", now=NOW).aside for _ in range(2)]

    assert len({one for one in put if one is not None and one.exists()}) == 2


async def test_a_backup_is_put_back_where_nothing_was(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    elsewhere = tmp_path / "new machine" / "bridge.sqlite3"

    put = backup.put_back(copy, elsewhere, check=check, epoch="put back", now=NOW)

    assert put.aside is None
    assert await begin(elsewhere, "next") == 5


async def test_a_backup_that_was_copied_by_hand_is_recognised_too(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    shutil.copy(copy, path)

    assert await begin(path, "next") == 5


async def test_a_restored_database_knows_how_old_it_is(path: Path, tmp_path: Path) -> None:
    copy = make(path, tmp_path / "one.sqlite3")
    backup.put_back(copy, path, check=check, epoch="put back", now=NOW)
    await begin(path, "next")

    database = await open_database(f"sqlite:///{path}", now=0)
    found = await database.read(restore_review.differences)
    await database.close()

    assert found is not None
    assert (found.backed_up_at, found.facts) == (NOW, 1)


def test_what_a_killed_backup_left_is_deleted_and_one_that_is_being_made_is_not(tmp_path: Path) -> None:
    killed, made = (tmp_path / f".bridge-2026112{day}T000000Z.sqlite3.making" for day in (1, 2))
    journals = [path.with_name(f"{path.name}-journal") for path in (killed, made)]
    others = [tmp_path / name for name in (".notes.making", "bridge-20261121T000000Z.sqlite3")]
    for path in (killed, made, *journals, *others):
        path.touch()

    with made.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        deleted = backup.clear(tmp_path)
        with pytest.raises(BackupFailed, match="Another backup is writing"):
            make(tmp_path / "none", tmp_path / "bridge-20261122T000000Z.sqlite3")

    assert deleted == [killed, journals[0]]
    assert sorted(tmp_path.iterdir()) == sorted([made, journals[1], *others])
    assert backup.clear(tmp_path / "no such folder") == []


async def test_a_backup_that_takes_long_tells_how_far_it_is_and_then_that_it_is_checked(
    path: Path, tmp_path: Path
) -> None:
    await begin(path, "second", *(new_fact(2_000_000 + number) for number in range(3_000)))
    told: list[tuple[str, float | None]] = []

    backup.make(
        path,
        tmp_path / "one.sqlite3",
        check=check,
        epoch="of the copy",
        now=NOW,
        tell=lambda what, share: told.append((what, share)),
    )

    shares = [share for what, share in told if what == backup.COPYING and share is not None]
    assert [what for what, _ in told] == sorted(what for what, _ in told)[::-1]
    assert shares
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert told[-1] == (backup.CHECKING, None)


def test_two_backups_of_one_second_have_two_names_in_their_order(tmp_path: Path) -> None:
    files = []
    for _ in range(3):
        files.append(backup.dated(tmp_path, NOW))
        files[-1].touch()

    assert sorted(tmp_path.iterdir()) == files
    assert backup.prune(tmp_path, 1) == files[:2]


def test_only_old_dated_backups_are_deleted(tmp_path: Path) -> None:
    files = [backup.dated(tmp_path, NOW + day * 86_400_000) for day in range(5)]
    mine = tmp_path / "bridge-before-the-move.sqlite3"
    for file in (*files, mine):
        file.touch()

    deleted = backup.prune(tmp_path, 2)

    assert deleted == files[:3]
    assert sorted(tmp_path.iterdir()) == sorted([*files[3:], mine])
