"""Says that a bridge runs from its .venv, which `./run` then does not rebuild."""

import fcntl
import os
from pathlib import Path

IN_USE = "in-use"  # `./run` knows this name too


def hold_environment(prefix: Path) -> int | None:
    """Take the lock that others of the same environment share; it lasts as long as the process.

    None where this environment was not made by `./run`, or cannot be written to: then nobody rebuilds it.
    """
    if not any(prefix.glob("made-of-*")):
        return None
    try:
        held = os.open(prefix / IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return None
    return held
