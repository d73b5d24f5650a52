"""An installation of the version before goes on: database, names and buttons."""

import base64
import gzip
import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.access.policy import Action
from bot.discord.cog_loading import cog_names, controls_of, load_cogs
from bot.engine.metrics import BridgeMetrics
from bot.fanvue import event_storage
from bot.features.operations.problems.effect_names import WHAT
from bot.sandbox.stage import DemoStage, staged
from bot.settings.model import Settings
from tests.architecture.source_tree import TOP
from tests.warm_commands import PIPE, STDOUT, start_program

KEPT = Path(__file__).parent / "kept"
# The stand-in's key under which the evening was played; nobody's secret.
KEY = f"7:{base64.b64encode(b'B' * 32).decode()}"
NAMES: dict[str, list[str]] = json.loads((KEPT / "version-0.1.0.json").read_text(encoding="utf-8"))
CONTROLS = controls_of(load_cogs(cog_names()))
TODAY = {
    "actions": {str(action.value) for action in Action},
    "buttons": set(CONTROLS.buttons),
    "effects": set(WHAT),
    "events": set(event_storage._EVENTS),
    "lists": set(CONTROLS.lists),
    "metrics": set(re.findall(r"^# HELP (\w+)", BridgeMetrics().text().decode(), re.MULTILINE)),
    "settings": {name.upper() for name in Settings.model_fields},
    "windows": set(CONTROLS.windows),
}


@pytest.mark.parametrize("kind", TODAY)
def test_whatever_had_a_name_has_it_still(kind: str) -> None:
    assert len(NAMES[kind]) > 10
    assert set(NAMES[kind]) - TODAY[kind] == set()


def kept_database(folder: Path) -> Path:
    """A played evening of version 0.1.0, killed while lines for Discord waited and two were on their way."""
    file = folder / "bridge.sqlite3"
    file.write_bytes(gzip.decompress((KEPT / "version-0.1.0.sqlite3.gz").read_bytes()))
    (folder / f"{file.name}.epoch").write_bytes((KEPT / "version-0.1.0.epoch").read_bytes())
    return file


def rows(file: Path, statement: str) -> list[Any]:
    """What is in the database, read beside whoever has it."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(statement).fetchall()


async def said_by(stage: DemoStage, *words: str) -> str:
    """What a command of the installation says; it must end well."""
    process = await start_program(
        *("bot", *words, "--env-file", os.devnull),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), **stage.bridge._settings},
        stdout=PIPE,
        stderr=STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_its_database_starts_and_nothing_in_it_is_lost(tmp_path: Path) -> None:
    file = kept_database(tmp_path)
    facts = rows(file, "SELECT id FROM inbox")
    waiting = rows(file, "SELECT id, kind FROM outbox WHERE state IN ('pending', 'unknown')")
    audit = rows(file, "SELECT COUNT(*) FROM audit")[0][0]
    assert (len(facts), len(waiting), audit) == (159, 5, 114)

    more = {"DATABASE_URL": f"sqlite:///{file}", "ENCRYPTION_KEYS": KEY}
    async with staged(tmp_path, speed=5.0, seed=1, **more) as stage:  # it is ready
        await stage.bridge.stop()
        whole = await said_by(stage, "audit", "verify")
        keys = await said_by(stage, "keys", "check")

    left = {row[0]: row[1] for row in rows(file, "SELECT id, state FROM outbox")}
    assert {one for (one,) in facts} <= {one for (one,) in rows(file, "SELECT id FROM inbox")}
    assert {one for one, _kind in waiting} <= set(left)
    assert whole.startswith("Whole: ")
    assert "7" in keys
    assert "cannot" not in keys
