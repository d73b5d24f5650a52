"""What the running bridge says of its backups: a line of /readyz, and figures."""

from dataclasses import dataclass
from pathlib import Path

from bot.engine.metrics import BridgeMetrics
from bot.features.operations.backup.record import STALE_AFTER, BackupRecord, read_record
from bot.model.ports import Clock

_SECOND = 1000
_DAY = 86_400_000


@dataclass(frozen=True)
class BackupWatch:
    """Reads the record whenever it is asked: backups are made by another process."""

    folder: Path
    clock: Clock

    async def probe(self) -> str | None:
        """For /readyz; None when all is well, or where nobody has ever made a backup here."""
        record = read_record(self.folder)
        if record is None:
            return "backup.json cannot be read, so nobody knows when a backup was last good"
        if record.failed_at is not None:
            return "the last backup failed or was not proven: run “fanvue-bridge backup”"
        if record.good_at is not None and self.clock.now() - record.good_at > STALE_AFTER:
            days = (self.clock.now() - record.good_at) // _DAY
            return f"the last good backup is {days} days old"
        if record.offsite_failed:
            return f"BACKUP_COMMAND failed with exit code {record.offsite_code}: no copy elsewhere"
        return None

    def counted(self, metrics: BridgeMetrics) -> BridgeMetrics:
        """The same figures, with those of the backups as they are now."""
        record = read_record(self.folder) or BackupRecord()
        metrics.backup(
            (record.good_at or 0) / _SECOND,
            (record.offsite_at or 0) / _SECOND,
            {"backup": record.failed_at is not None, "offsite": record.offsite_failed},
        )
        return metrics
