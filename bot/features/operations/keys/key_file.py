"""A file of keys, one a line, newest first: read, and given a new key."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.features.operations.keys.ring import unwrapped
from bot.features.people.accounts.keyring import MasterKey
from bot.settings.private_file import write_privately
from bot.settings.value_rules import KEY_BYTES, key, key_lines, unique

_NUMBERS, _LEAST = 900_000_000, 100_000_000


def new_line(random: Callable[[int], bytes]) -> str:
    """A fresh key as `id:base64`; pass `secrets.token_bytes`."""
    number = int.from_bytes(random(8)) % _NUMBERS + _LEAST
    return f"{number}:{base64.b64encode(random(KEY_BYTES)).decode()}"


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
    write_privately(file, f"{line}\n".encode() + before)
