"""Proves a backup by restoring it beside itself; what was restored is thrown away."""

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from storage.engine.backup import Check, put_back
from storage.engine.lockfile import LockFile, is_held
from storage.engine.shared_snapshot import open_beside
from storage.errors import BackupFailed, DatabaseUnreachable
from storage.records import Millis

_LOCK = "trial.lock"
_LEFT = re.compile(r"\.bridge-\d{8}T\d{6}Z\.sqlite3\.trying")


def restore_for_trial(backup: Path, *, check: Check, epoch: str, now: Millis) -> int:
    """Restore a backup as `put_back` does, next to it, and count: how many rows it has.

    Raises BackupFailed, and what `check` raises; the backup is as it was.
    """
    try:
        with _folder(backup) as folder:
            restored = folder / "bridge.sqlite3"
            put_back(backup, restored, check=check, epoch=epoch, now=now)
            expected, found = _rows(backup), _rows(restored)
    except (OSError, sqlite3.Error, DatabaseUnreachable) as error:
        raise BackupFailed(f"The trial of {backup.name} failed: “{error}”.") from error
    differing = sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )
    if differing:
        raise BackupFailed(f"Restored for a trial, {backup.name} has other rows in: {', '.join(differing)}.")
    return sum(found.values())


def clear_trials(folder: Path) -> list[Path]:
    """Delete what trials of dated backups left in a folder that were killed; which folders they were."""
    if not folder.is_dir():
        return []
    left = sorted(path for path in folder.iterdir() if _LEFT.fullmatch(path.name))
    gone = [path for path in left if not is_held(path / _LOCK)]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return gone


@contextmanager
def _folder(backup: Path) -> Iterator[Path]:
    """A folder beside the backup: the same disk and the same owner, and nobody else reads it."""
    folder = backup.with_name(f".{backup.name}.trying")
    if is_held(folder / _LOCK):
        raise BackupFailed(f"Another trial of {backup.name} is under way.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        with closing(LockFile(folder / _LOCK)):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _rows(database: Path) -> Mapping[str, int]:
    """How many rows each table has."""
    with closing(open_beside(database)) as connection:
        names = [
            str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: int(connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - its own names
            for name in names
        }
