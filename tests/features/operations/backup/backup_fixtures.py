"""An installation, started or not, with the command that takes its backups away."""

import json
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.settings.loader import load
from bot.settings.model import Settings
from tests.app.test_maintenance import started
from tests.cli.test_cli import call
from tests.settings.test_settings import WHOLE

# Writes down what it was given; then ends as it is told to.
_OFFSITE = """import json, os, shutil, sys
code, kept, *rest = sys.argv[1:]
with open(kept, "w") as file:
    json.dump({"arguments": rest, "environ": dict(os.environ)}, file)
print("on its way to the other place")
sys.exit(int(code))
"""


@dataclass
class BackupScenario:
    """Backups of one installation, by the real command."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return load(self.environ)

    @property
    def state(self) -> Path:
        return self.folder / "data"

    @property
    def record(self) -> dict[str, Any]:
        """What the command has written down."""
        known: dict[str, Any] = json.loads((self.state / "backup.json").read_text("ascii"))
        return known

    @property
    def copies(self) -> list[Path]:
        return sorted((self.state / "backups").glob("bridge-*.sqlite3"))

    def write(self, **known: int | None) -> None:
        """What a former backup has written down."""
        (self.state / "backup.json").write_text(json.dumps(known), encoding="ascii")

    def takes_away(self, *more: str, code: int = 0) -> Path:
        """From now on BACKUP_COMMAND is a program that ends with this code; where it writes what it saw."""
        script, seen = self.folder / "off site.py", self.folder / "seen.json"
        script.write_text(_OFFSITE, encoding="utf-8")
        words = [sys.executable, str(script), str(code), str(seen), *more]
        self.environ["BACKUP_COMMAND"] = shlex.join(words)
        return seen

    def backed_up(self, *options: str) -> subprocess.CompletedProcess[str]:
        return call("backup", *options, cwd=self.folder, **self.environ)


@pytest.fixture
def described(tmp_path: Path) -> BackupScenario:
    """Settings and a state folder, and no database yet."""
    (tmp_path / "data").mkdir()
    return BackupScenario(tmp_path, WHOLE | {"DATABASE_URL": f"sqlite:///{tmp_path}/data/bridge.sqlite3"})


@pytest.fixture
def installed(described: BackupScenario) -> BackupScenario:
    """The same once a bridge has run."""
    started(described.settings, 1, 2)
    return described
