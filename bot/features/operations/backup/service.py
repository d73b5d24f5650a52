"""Makes a backup for the operator: where to, how far it is, which older ones go."""

import os
import shlex
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.engine.clock import SystemClock, SystemIds
from bot.features.operations.backup.offsite import take_away, words_of
from bot.features.operations.backup.record import NAME, BackupRecord, read_record, write_record
from bot.features.operations.keys.ring import keyring_of
from bot.features.people.accounts.keyring import WrongKey
from bot.settings.model import Settings
from storage.engine import backup
from storage.engine.backup_trial import clear_trials, restore_for_trial
from storage.engine.connect import site_of
from storage.errors import BackupFailed, StorageError
from storage.records import Millis

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


def back_up(
    settings: Settings,
    *,
    to: Path | None = None,
    keep: int | None = None,
    environ: Mapping[str, str] | None = None,
) -> list[str]:
    """Make a backup, running bridge or not, prove it by a restore, and take it to the other place.

    The sentences to print. Raises BackupFailed, also where the backup is there and the rest was not done.
    """
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
    known = read_record(settings.state_folder()) or BackupRecord()
    misused = file.exists() or not database.is_file()  # a wrong path is told here, and is no failure to keep
    try:
        said = _made_and_proven(settings, database, file, now)
    except (StorageError, WrongKey):
        if not misused:
            _keep(settings, replace(known, failed_at=now))
        raise
    known = replace(known, good_at=now, failed_at=None)
    if not settings.backup_command:
        known = replace(known, offsite_code=None)  # what no longer is cannot have failed
    _keep(settings, known)
    if keep is not None:
        said += [f"Deleted {old}." for old in backup.prune(folder, keep)]
        said.append(f"{backup.number_in(folder)} of {keep} backups are kept in {folder}.")
    if settings.backup_command:
        said.append(_taken_away(settings, known, file, said, os.environ if environ is None else environ))
    return said


def _made_and_proven(settings: Settings, database: Path, file: Path, now: Millis) -> list[str]:
    """Make the copy, restore it for a trial, count."""
    left = [*backup.clear(file.parent), *clear_trials(file.parent)]
    said = [f"Deleted {one}, which a killed backup had left." for one in left]
    check, ids = keyring_of(settings).check, SystemIds()
    tell = BackupProgress(_to_stderr).tell
    backup.make(database, file, check=check, epoch=ids.new(), now=now, tell=tell)
    tell("Restoring it for a trial", None)
    try:
        rows = restore_for_trial(file, check=check, epoch=ids.new(), now=now)
    except StorageError as error:
        raise BackupFailed(f"{file} is there, but a restore did not prove it: {error}") from error
    proof = f"it opens, is complete, the keys fit, and a trial restore found its {rows:,} rows"
    return [*said, f"Backed up to {file}: {proof}. Store the keys somewhere else."]


def _taken_away(
    settings: Settings, known: BackupRecord, file: Path, said: Sequence[str], environ: Mapping[str, str]
) -> str:
    """Run BACKUP_COMMAND and keep how it ended. Raises BackupFailed with all that was said before."""
    code = take_away(settings.backup_command, file, environ)
    at = SystemClock().now()
    lost = not file.is_file()
    code = code or int(lost)
    known = replace(known, offsite_tried_at=at, offsite_code=code)
    _keep(settings, known if code else replace(known, offsite_at=at))
    if lost:
        raise BackupFailed("\n".join([*said, f"BACKUP_COMMAND removed {file}: let it copy instead."]))
    if code:
        sentence = f"BACKUP_COMMAND {words_of(code)}. The backup is here, and nowhere else: {file}"
        raise BackupFailed("\n".join([*said, sentence]))
    return "BACKUP_COMMAND took it to the other place."


def _keep(settings: Settings, record: BackupRecord) -> None:
    folder = settings.state_folder()
    try:
        write_record(folder, record)
    except OSError as error:
        raise BackupFailed(
            f"{folder / NAME} cannot be written, so nobody learns of it: “{error}”."
        ) from error


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
