"""When a backup was last proven by a restore, and whether it is anywhere else."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.features.operations.backup.offsite import words_of
from bot.features.operations.backup.record import NAME, STALE_AFTER, BackupRecord, read_record
from bot.features.operations.doctor.findings import DoctorFinding, ok, unknown, warn
from bot.settings.model import Settings
from storage.engine.connect import site_of
from storage.records import Millis

_LINE, _ELSEWHERE = "backup", "backup elsewhere"
_MAKE = "fanvue-bridge backup; a timer makes one every day (docs/operating.md)."


def backups(settings: Settings, since: Millis | None, now: Millis) -> Sequence[DoctorFinding]:
    """`since`: when the database was made, None before its first start. A server makes its own backups."""
    if since is None or site_of(settings.database_url).file is None:
        return []
    folder, elsewhere = settings.state_folder(), bool(settings.backup_command)
    record = read_record(folder)
    if record is None:
        do = "Give it to the bridge's user, or delete it."
        return [unknown(_LINE, f"{folder / NAME} cannot be read", do)]
    found = [_made(record, since=since, now=now)]
    return [*found, _taken(record, now)] if elsewhere and record.good_at is not None else found


def _made(record: BackupRecord, *, since: Millis, now: Millis) -> DoctorFinding:
    good = record.good_at
    last = "none was ever good" if good is None else f"the last good one is of {_time(good)}"
    if record.failed_at is not None:
        return warn(_LINE, f"that of {_time(record.failed_at)} failed; {last}", _MAKE)
    if good is None:
        if now - since <= STALE_AFTER:
            return ok(_LINE, "none yet, and the database is younger than two days")
        return warn(_LINE, "none was ever made here", _MAKE)
    if now - good > STALE_AFTER:
        return warn(_LINE, f"{last}, over two days ago", _MAKE)
    return ok(_LINE, f"made and restored for a trial on {_time(good)}")


def _taken(record: BackupRecord, now: Millis) -> DoctorFinding:
    """The owner's command: whether it ended well, and lately."""
    at = record.offsite_at
    last = "never" if at is None else f"last on {_time(at)}"
    if record.offsite_failed and record.offsite_tried_at is not None and record.offsite_code is not None:
        ended = f"BACKUP_COMMAND {words_of(record.offsite_code)} on {_time(record.offsite_tried_at)}"
        return warn(_ELSEWHERE, f"{ended}; well: {last}", "Run fanvue-bridge backup and read what it prints.")
    if at is None or now - at > STALE_AFTER:
        return warn(_ELSEWHERE, f"BACKUP_COMMAND ended well {last}", _MAKE)
    return ok(_ELSEWHERE, f"BACKUP_COMMAND ended well on {_time(at)}")


def _time(at: Millis) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m-%d %H:%M UTC}"
