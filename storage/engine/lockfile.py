"""One process at a time: the system's lock on a file, for a database or a bot."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from storage.errors import DatabaseInUse, StorageError

_LOCKS = Path("/proc/locks")


def lock_of(database: Path) -> Path:
    """The file whose lock says that a process has this database."""
    return database.with_name(f"{database.name}.lock")


def database_in_use(holder: str) -> StorageError:
    """The error to raise when process number `holder` has the database."""
    return DatabaseInUse(
        f"Another process (number {holder}) already uses this database. "
        "Stop it first; two bridges on one database would answer everything twice."
    )


def holder(path: Path) -> int | None:
    """The number of the process that holds the lock, as the system lists it; no lock is taken to see it.

    None as well where the system has no such list, or does not show that process to this one.
    """
    try:
        file, written, held = path.stat(), path.read_text("ascii").strip(), _LOCKS.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    device = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}"
    for line in held.splitlines():
        # 1: FLOCK  ADVISORY  WRITE 7632 fe:00:11257938 0 EOF
        _, kind, _, _, process, where, *_ = line.split()
        there, _, inode = where.rpartition(":")
        # Some file systems tell stat another device; then the number that the holder wrote must fit.
        if kind == "FLOCK" and inode == str(file.st_ino) and (there == device or process == written):
            return int(process)
    return None


def is_held(path: Path) -> bool:
    """Whether a process holds the lock. Unlike `holder` it is sure, and takes the lock for an instant."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


class LockFile:
    """Held from its making until `release`; the system releases it too when the process dies."""

    def __init__(self, path: Path, *, taken: Callable[[str], Exception] = database_in_use) -> None:
        """Raises what `taken` makes of the holder's number when another owner holds the lock."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise taken(holder) from error
        # The file stays when the lock goes: deleting it would let a third process lock another file
        # of the same name.
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """The same as `release`, for `contextlib.closing`."""
        self.release()

    def release(self) -> None:
        """Let another process have the database; releasing twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
