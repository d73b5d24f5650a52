"""Writes a file that only its owner may read: whole or not at all."""

import os
from pathlib import Path


def write_privately(file: Path, content: bytes) -> None:
    """Put `content` in the file's place, with mode 600 and the owner of before. Raises OSError."""
    target = file.resolve()  # a link stays one
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        _keep_owner(target, fresh)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _keep_owner(file: Path, fresh: Path) -> None:
    """A file of the bridge's user stays theirs, also when somebody else writes it."""
    if file.exists():
        was = file.stat()
        if (was.st_uid, was.st_gid) != (os.getuid(), os.getgid()):
            os.chown(fresh, was.st_uid, was.st_gid)


def _settle(folder: Path) -> None:
    """The new name survives a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
