"""Keeps answers in the `.env` file: read, tightened, written at once."""

import errno
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.features.operations.installation.model import SetupAnswer, wrong
from bot.settings.env_lines import HEAD, with_values
from bot.settings.loader import WrittenSettings, written
from bot.settings.private_file import write_privately

Write = Callable[[Path, bytes], None]
_COMPOSE = {"COMPOSE_PROFILES": "alone"}  # what compose.yaml asks for, as .env.example has it


@dataclass(frozen=True)
class EnvStore:
    """One `.env` file, beside the environment, which wins over it."""

    file: Path
    environ: Mapping[str, str]
    write: Write = write_privately

    def read(self) -> WrittenSettings:
        """All that is written, once the file is closed to others. Raises SettingsError, OSError."""
        self._close()
        return written(self.environ, self.file)

    def keep(self, values: Mapping[str, str]) -> SetupAnswer | None:
        """Put these into the file; why it could not be done, or None."""
        try:
            before = self.file.read_text(encoding="utf-8") if self.file.exists() else ""
            text = with_values(before, values) if before else HEAD + with_values("", {**_COMPOSE, **values})
            self.write(self.file, text.encode())
        except (OSError, UnicodeError) as error:
            return self._failed(error)
        except ValueError:
            return wrong("This has a character that no setting can hold.", "Copy the value once more.")
        return None

    def _close(self) -> None:
        """What others may read is the owner's alone from now on, where the owner is who asks."""
        with suppress(OSError):  # what cannot be read or closed is said by whoever reads it
            about = self.file.stat()
            if about.st_mode & 0o077 and stat.S_ISREG(about.st_mode) and about.st_uid == os.getuid():
                self.file.chmod(0o600)

    def _failed(self, error: Exception) -> SetupAnswer:
        place = self.file.absolute()
        code = error.errno if isinstance(error, OSError) else None
        if code == errno.EROFS:
            return wrong(f"Not kept: {place.parent} is read-only.", "Make it writable, or use --env-file.")
        if code == errno.ENOSPC:
            return wrong(f"Not kept: the disk of {place.parent} is full.", "Make room, then try again.")
        if code in {errno.EACCES, errno.EPERM}:
            do = "Give this user the folder (chown), or use --env-file for another place."
            return wrong(f"Not kept: this user may not write in {place.parent}.", do)
        if code in {errno.ENOENT, errno.ENOTDIR}:
            return wrong(f"Not kept: there is no folder {place.parent}.", "Make it, or use --env-file.")
        return wrong(f"Not kept: {place} cannot be written.", "Look at this file, then try again.")
