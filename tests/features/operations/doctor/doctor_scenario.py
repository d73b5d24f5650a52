"""A house to be examined by the real command, and spoilt copies of its database."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.settings.loader import load
from storage.engine.shared_access import beside_file
from storage.engine.signed_database import signed
from storage.operations import signed_rows
from tests.proofs.faults.live_bridge import LiveBridge


@dataclass(frozen=True)
class DoctorOutcome:
    """What the command came to."""

    code: int
    ok: bool
    checks: list[dict[str, str]]
    text: str

    def line(self, name: str) -> tuple[str, str]:
        """The verdict on a line by its name, and all that it says."""
        (found,) = (one for one in self.checks if one["name"] == name)
        return found["verdict"], f"{found['says']} → {found['do']}"

    def not_ok(self) -> dict[str, str]:
        """Every line that is not ok: its verdict by its name."""
        return {one["name"]: one["verdict"] for one in self.checks if one["verdict"] != "ok"}


@dataclass
class DoctorScenario:
    """A linked and running house, examined with other settings than it runs with."""

    house: LiveBridge
    folder: Path
    capsys: pytest.CaptureFixture[str]

    async def examined(self, **changes: str) -> DoctorOutcome:
        """`fanvue-bridge doctor --json`."""
        code, text = await self.command("--json", **changes)
        whole: dict[str, Any] = json.loads(text)
        return DoctorOutcome(code, whole["ok"], whole["checks"], text)

    async def command(self, *options: str, **changes: str) -> tuple[int, str]:
        """The command with these options: its exit code, and what it printed."""
        arguments = ["doctor", "--env-file", str(self.env_file(**changes)), *options]
        code = await asyncio.to_thread(main.main, arguments)
        said = self.capsys.readouterr()
        assert said.err == ""
        return code, said.out

    def settings(self, **changes: str) -> Mapping[str, str]:
        """The settings of the house, some of them otherwise."""
        return {**self.house.stage.bridge._settings, **changes}

    def env_file(self, **changes: str) -> Path:
        """The same as a file that only its owner reads."""
        path = self.folder / "settings.env"
        path.write_text("".join(f"{name}='{value}'\n" for name, value in self.settings(**changes).items()))
        path.chmod(0o600)
        return path

    def copied(self, *statements: str, by_hand: bool = False) -> dict[str, str]:
        """A copy of the database in which these were carried out, as a setting.

        As the bridge would have: rows of rights are signed. `by_hand`: as somebody without its keys.
        """
        copy = self.folder / "copy.sqlite3"
        with closing(sqlite3.connect(self.house.database)) as there, closing(sqlite3.connect(copy)) as here:
            there.backup(here)
            for statement in statements:
                here.execute(statement)
            here.commit()
        copy.chmod(0o600)
        if statements and not by_hand:
            ring = keyring_of(load(self.settings()))
            with beside_file(copy) as guest:
                guest.write(signed(signed_rows.take_over, RightsSigner(ring)))
        shutil.copy(f"{self.house.database}.epoch", f"{copy}.epoch")
        return {"DATABASE_URL": f"sqlite:///{copy}"}
