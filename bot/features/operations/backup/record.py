"""When a backup was last proven, and when it last reached another place."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bot.settings.private_file import write_privately
from storage.records import Millis

NAME = "backup.json"  # in the state folder: a backup is made beside the bridge, which reads this
STALE_AFTER: Millis = 2 * 86_400_000


@dataclass(frozen=True)
class BackupRecord:
    """The newest of each; what never was is None. `offsite_code`: 0 is well, as a shell counts."""

    good_at: Millis | None = None  # made, restored for a trial, and equal
    failed_at: Millis | None = None  # only while no later one was good
    offsite_at: Millis | None = None  # when BACKUP_COMMAND last ended with 0
    offsite_tried_at: Millis | None = None
    offsite_code: int | None = None

    @property
    def offsite_failed(self) -> bool:
        """Whether the owner's command failed the last time."""
        return self.offsite_code not in (None, 0)


def read_record(folder: Path) -> BackupRecord | None:
    """What is known in this state folder; None where the record cannot be read or is none."""
    try:
        known = json.loads((folder / NAME).read_text("ascii"))
    except FileNotFoundError:
        return BackupRecord()
    except (OSError, ValueError):
        return None
    names = {field.name for field in fields(BackupRecord)}
    if not isinstance(known, dict) or not all(_is_number(known.get(name)) for name in names):
        return None
    return BackupRecord(**{name: known.get(name) for name in names})


def write_record(folder: Path, record: BackupRecord) -> None:
    """Keep it, whole or not at all. Raises OSError."""
    write_privately(folder / NAME, json.dumps(asdict(record)).encode("ascii"))


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
