"""One process owns a database: a lock of the operating system on a file beside it."""

import fcntl
import os
from pathlib import Path

from storage.errors import DatabaseInUse


class LockFile:
    """Held from its making until `release`; the system releases it too when the process dies."""

    def __init__(self, path: Path) -> None:
        """Raises DatabaseInUse when another owner holds the lock."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise DatabaseInUse(
                f"Another process (number {holder}) already uses this database. "
                "Stop it first; two bridges on one database would answer everything twice."
            ) from error
        # The file stays when the lock goes: deleting it would let a third process lock another file
        # of the same name.
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let another process have the database; releasing twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
