"""A file of keys, one a line, newest first: read, and given a new key."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.features.operations.keys.ring import unwrapped
from bot.features.people.accounts.keyring import MasterKey
from bot.settings.value_rules import key, key_lines, unique


def read(file: Path) -> Sequence[MasterKey]:
    """The keys in `file`. Raises ValueError with what is wrong with it; no key is in its text."""
    lines = key_lines(file)
    if not lines:
        raise ValueError("has no key in it")
    return unwrapped(unique(tuple(key(line) for line in lines)))


def put_first(file: Path, line: str) -> None:
    """Put a key before the others, whole or not at all; the file is its owner's only. Raises OSError."""
    try:
        before = file.read_bytes()
    except FileNotFoundError:
        before = b""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(f"{line}\n".encode() + before)
            written.flush()
            os.fsync(written.fileno())
        _keep_owner(file, fresh)
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _keep_owner(file: Path, fresh: Path) -> None:
    """A file of the bridge's user stays theirs, also when somebody else adds the key."""
    if file.exists():
        was = file.stat()
        if (was.st_uid, was.st_gid) != (os.getuid(), os.getgid()):
            os.chown(fresh, was.st_uid, was.st_gid)
