"""One process speaks for a bot: a lock on this machine, by application id.

BotInUse   another process of this user has the same bot (exit 75)
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from storage.engine.lockfile import LockFile

_DISCORD = "https://discord.com/"


class BotInUse(Exception):
    """Raised when another process on this machine already speaks for the same bot."""


def lock_of_bot(application: int, api_url: str, environ: Mapping[str, str]) -> LockFile:
    """Take the lock; released when the process ends. Raises BotInUse."""

    def taken(holder: str) -> BotInUse:
        return BotInUse(
            f"Process {holder} already runs the bot with application id {application} on this machine, so "
            f"this one (process {os.getpid()}) ends. Stop the other one first, or give each bridge a bot of "
            "its own: two on one bot would answer everything twice."
        )

    return LockFile(path_of_lock(application, api_url, environ), taken=taken)


def path_of_lock(application: int, api_url: str, environ: Mapping[str, str]) -> Path:
    """Locate the lock. The same id on another Discord, such as a stand-in, is another bot."""
    there = "" if api_url.startswith(_DISCORD) else f"-{hashlib.sha256(api_url.encode()).hexdigest()[:12]}"
    folder = Path(environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if not folder.is_dir():
        folder = Path(tempfile.gettempdir())
    return folder / f"fanvue-bridge-{os.getuid()}-{application}{there}.lock"
