"""The wheel installed and run away from the checkout."""

import json
import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.engine.migrate import load
from tests.architecture.source_tree import TOP
from tests.release.building import run_quietly
from tests.release.package_index import program, with_uv
from tests.settings.test_settings import WHOLE

_HARMS = ("lost", "duplicated", "misrouted")


def alone(folder: Path) -> dict[str, str]:
    """An environment in which nothing leads to the checkout."""
    return with_uv({"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": os.environ.get("HOME", str(folder))})


@dataclass(frozen=True)
class InstalledWheel:
    """A fresh environment with the wheel and the packages of a lock, by their hashes."""

    folder: Path

    @classmethod
    def install(cls, folder: Path, wheel: Path, lock: str = "runtime") -> "InstalledWheel":
        """As docs/releasing.md tells people to."""
        folder.mkdir(parents=True)
        made, python = cls(folder), str(folder / "venv" / "bin" / "python")
        for words in (
            ("venv", "-q", "--no-project", "--python", sys.executable, "venv"),
            (
                "pip",
                "sync",
                "-q",
                "--python",
                python,
                "--require-hashes",
                str(TOP / f"requirements/{lock}.txt"),
            ),
            ("pip", "install", "-q", "--offline", "--no-deps", "--python", python, str(wheel)),
        ):
            run_quietly([program("uv"), *words], cwd=folder, env=alone(folder))
        return made

    @property
    def modules(self) -> Path:
        """Where the program lies."""
        [found] = self.folder.glob("venv/lib/python3*/site-packages")
        return found

    def say(self, *words: str, environ: Mapping[str, str] | None = None) -> str:
        """What a command prints. Raises RuntimeError where it does not end with 0."""
        command = str(self.folder / "venv" / "bin" / "fanvue-bridge")
        return run_quietly([command, *words], cwd=self.folder, env=alone(self.folder) | dict(environ or {}))


def keeps_its_data(installed: InstalledWheel) -> bool:
    """Whether the installed program makes a database with every migration, and says what it lacks."""
    file = installed.folder / "bridge.sqlite3"
    installed.say("migrate", environ={**WHOLE, "DATABASE_URL": f"sqlite:///{file}"})
    with closing(sqlite3.connect(file)) as database:
        [(reached,)] = database.execute("SELECT MAX(version) FROM migrations").fetchall()
    try:
        installed.say("doctor", "--json")
    except RuntimeError as error:  # without settings it ends with 1, and names them
        return reached == len(load("sqlite")) and '"name": "DISCORD_TOKEN", "verdict": "bad"' in str(error)
    return False


def demo_by_uvx(folder: Path, wheel: Path) -> dict[str, Any]:
    """The figures of the demo, played as docs/releasing.md says, by the newest packages; none if it fails."""
    folder.mkdir(parents=True)
    command = [program("uvx"), "--python", sys.executable, "--from", str(wheel), "fanvue-bridge"]
    try:
        said = run_quietly([*command, "demo", "--script", "--json"], cwd=folder, env=alone(folder))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return {}
    return dict(json.loads(said.splitlines()[-1]))


def is_harmless(figures: Mapping[str, Any]) -> bool:
    """Whether an evening was played in which no promise was broken."""
    return figures.get("relayed", 0) > 0 and all(figures.get(name) == 0 for name in _HARMS)


def survives_tampering(installed: InstalledWheel, wheel: Path) -> bool:
    """Whether `verify` says whole of what is whole, and names a changed and an added module."""
    installed.say("verify")
    installed.say("verify", "--wheel", str(wheel))
    changed, added = installed.modules / "bot" / "cli" / "main.py", installed.modules / "cogs" / "guest.py"
    before = changed.read_bytes()
    found = []
    for file, after in ((changed, before + b"# one more line\n"), (added, b"")):
        file.write_bytes(after)
        for words in (("verify",), ("verify", "--wheel", str(wheel))):
            try:
                installed.say(*words)
            except RuntimeError as error:
                found.append(file.relative_to(installed.modules).as_posix() in str(error))
            else:
                found.append(False)
        changed.write_bytes(before)
    added.unlink()
    return all(found)
