"""Runs the owner's command that brings a backup to another place."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.settings.loader import settings_named

FILE: Final = "{file}"
PATIENCE: Final = 6 * 3600.0  # seconds: some gigabytes by a slow line
# What a shell gives for them.
TOO_LONG, NOT_ALLOWED, NOT_FOUND, BY_SIGNAL = 124, 126, 127, 128
# By these `./run` and the units lead Python to this program; another one must not find its packages.
_OUR_PYTHON: Final = ("PYTHONPATH", "VIRTUAL_ENV")
_STDERR = 2  # what it prints is the operator's to read; our own stdout stays ours


def arguments_for(command: Sequence[str], backup: Path) -> list[str]:
    """The command with the backup's path in the place of {file}, or behind all where there is none."""
    path = str(backup.absolute())
    if not any(FILE in word for word in command):
        return [*command, path]
    return [word.replace(FILE, path) for word in command]


def take_away(
    command: Sequence[str], backup: Path, environ: Mapping[str, str], *, patience: float = PATIENCE
) -> int:
    """Run the command without a shell and without any of the bridge's settings; its exit code."""
    ours = {*settings_named(), *_OUR_PYTHON}
    kept = {name: value for name, value in environ.items() if name.upper() not in ours}
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, as a list
            arguments_for(command, backup),
            env=kept,
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,
            stderr=_STDERR,
            check=False,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        return TOO_LONG
    except FileNotFoundError:
        return NOT_FOUND
    except OSError:
        return NOT_ALLOWED
    return done.returncode if done.returncode >= 0 else BY_SIGNAL - done.returncode


def words_of(code: int) -> str:
    """An exit code in words, for the operator."""
    match code:
        case 0:
            return "is done"
        case n if n == TOO_LONG:
            return f"was stopped after {PATIENCE / 3600:.0f} hours, or ended with exit code {n}"
        case n if n == NOT_FOUND:
            return f"was not found, or ended with exit code {n}"
        case n:
            return f"ended with exit code {n}"
