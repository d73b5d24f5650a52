"""Makes a backup for the operator: where to, how far it is, which older ones go."""

import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.engine.clock import SystemClock, SystemIds
from bot.features.operations.keys.ring import keyring_of
from bot.settings.model import Settings
from storage.engine import backup
from storage.engine.connect import site_of
from storage.errors import BackupFailed

_BACKUPS = "backups"  # beside the database, unless the operator names another place
_FIRST, _NEXT = 2.0, 5.0  # seconds: most backups are done before there is anything to say


@dataclass
class BackupProgress:
    """Says how far a backup is, now and then."""

    say: Callable[[str], None]
    monotonic: Callable[[], float] = time.monotonic
    _next: float = field(init=False)

    def __post_init__(self) -> None:
        self._next = self.monotonic() + _FIRST

    def tell(self, what: str, share: float | None) -> None:
        """Called often; most calls say nothing."""
        now = self.monotonic()
        if now >= self._next:
            self._next = now + _NEXT
            self.say(f"{what} …" if share is None else f"{what}: {share:.0%}")


def back_up(settings: Settings, *, to: Path | None = None, keep: int | None = None) -> list[str]:
    """Make a backup, running bridge or not; the sentences to print."""
    now = SystemClock().now()
    database = file_of(
        settings,
        "copy it, also while the bridge runs",
        f"pg_dump --format=custom --file={backup.stamped(now, 'dump')}",
    )
    folder = database.parent / _BACKUPS if to is None else to
    is_file = to is not None and not to.is_dir()
    if is_file and keep is not None:
        raise BackupFailed("--keep is for dated backups: leave --to away, or name a folder that is there.")
    file = folder if is_file else backup.dated(folder, now)
    said = [f"Deleted {left}, which a killed backup had left." for left in backup.clear(file.parent)]
    check, tell = keyring_of(settings).check, BackupProgress(_to_stderr).tell
    backup.make(database, file, check=check, epoch=SystemIds().new(), now=now, tell=tell)
    said += [f"Backed up to {file}: it opens, is complete, and the keys fit. Store the keys somewhere else."]
    if keep is not None:
        said += [f"Deleted {old}." for old in backup.prune(folder, keep)]
        said.append(f"{backup.number_in(folder)} of {keep} backups are kept in {folder}.")
    return said


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")


def file_of(settings: Settings, how: str, command: str) -> Path:
    """The database's file. Raises BackupFailed with the server's own command where it is none."""
    site = site_of(settings.database_url)
    if site.file is None:
        raise BackupFailed(
            f"This database is on a PostgreSQL server, whose own tools {how}:\n"
            f"{command} --dbname={shlex.quote(site.name)}"
        )
    return site.file
