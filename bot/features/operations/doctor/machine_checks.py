"""The machine under the bridge: versions, disk, and who may read its files."""

import platform
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import packages_distributions
from os import R_OK, W_OK, X_OK, access
from pathlib import Path

from bot.engine.readiness_probes import LEAST
from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, warn
from bot.settings.loader import settings_named
from bot.settings.problem_texts import misspelt

Free = Callable[[Path], int]  # bytes that are free where a folder lies

_PACKAGES = ("bot", "cogs", "storage")
_OTHERS = 0o004
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_SECRETS = Path("/run")  # Docker and systemd put secrets below it and guard them by other means


def free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def program(version: str) -> Sequence[DoctorFinding]:
    """Versions, and whether another package hides a part of the program."""
    said = f"fanvue-bridge {version}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return [bad("program", said, "Use a Python with SQLite 3.35 or newer.")]
    owners = packages_distributions()
    for package in _PACKAGES:
        if len(set(owners.get(package, ()))) > 1:
            names = ", ".join(sorted(set(owners[package])))
            said = f"the package “{package}” belongs to several installed projects: {names}"
            return [bad("program", said, "Give the bridge an environment of its own.")]
    return [ok("program", said)]


def disk(database: Path, free: Free, least: int = LEAST) -> Sequence[DoctorFinding]:
    """Whether the database can be written where it lies, and whether so many bytes are free."""
    folder = database.absolute().parent
    while not folder.exists():
        folder = folder.parent  # the first start makes the rest
    if not folder.is_dir() or not access(folder, R_OK | W_OK | X_OK):
        said = f"this user cannot write in {folder}"
        return [bad("disk", said, "Give the bridge's user that folder, or name another in DATABASE_URL.")]
    if database.exists() and not access(database, R_OK | W_OK):
        return [bad("disk", f"this user cannot write {database}", "Give the file to the bridge's user.")]
    left = free(folder)
    said = f"{left // (1024 * 1024):,} MB free in {folder}"
    if left < least:
        do = f"Make room: below {least // 1_048_576} MB the bridge may soon keep nothing more there."
        return [bad("disk", said, do)]
    return [ok("disk", said)]


def files(database: Path, env_file: Path, keys_file: Path | None) -> Sequence[DoctorFinding]:
    """Whether others on this machine may read what only the bridge may."""
    looked_at = [env_file, *sorted(database.parent.glob(f"{database.name}*"))]
    if keys_file is not None and not keys_file.absolute().is_relative_to(_SECRETS):
        looked_at.append(keys_file)
    readable = [str(path) for path in looked_at if path.is_file() and path.stat().st_mode & _OTHERS]
    if readable:
        said = f"every user of this machine may read {', '.join(readable)}"
        return [warn("files", said, f"chmod 600 {' '.join(readable)}")]
    return [ok("files", "settings, keys and database are closed to other users of this machine")]


def near(environ: Mapping[str, str]) -> Sequence[DoctorFinding]:
    """Names in the environment that are nearly settings; in the file of settings a start refuses them."""
    do = "Correct it, or remove it if another program needs it."
    return [warn(near.name, near.reason, do) for near in misspelt(environ, settings_named())]
