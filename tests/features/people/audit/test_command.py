"""`audit verify`: beside a running bridge, on a backup, after a change of keys."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.app.program import BridgeProgram, built
from bot.cli import audit_verification
from bot.settings.loader import load
from storage.database import Transaction
from storage.records import DiscordId, FanId
from tests.cli.test_cli import call
from tests.database_place import with_schema
from tests.settings.test_settings import KEY_6, KEY_7, SECRETS, WHOLE
from tests.storage.record_fixtures import CREATOR

LINES = 5
Said = CompletedProcess[str]


async def acted(bridge: BridgeProgram, lines: int = LINES) -> None:
    """A member has answered a fan so often."""

    async def work(tx: Transaction) -> None:
        for number in range(lines):
            await bridge.core.effects.trail.write(
                tx,
                "reply",
                "accepted",
                actor=DiscordId(30),
                creator=CREATOR,
                fan=FanId("fan-1"),
                cause=f"effect-{number}",
            )

    await bridge.core.database.write(work)


async def verify(environ: dict[str, str], folder: Path, *more: str) -> Said:
    said = await asyncio.to_thread(call, "audit", "verify", *more, cwd=folder, **environ)
    assert not [each for each in (*SECRETS, "hunter2") if each in said.stdout + said.stderr]
    return said


async def test_beside_a_running_bridge_and_after_a_change_of_keys(
    environ: dict[str, str], tmp_path: Path
) -> None:
    async with built(load(environ)) as bridge:
        await acted(bridge)
        running = await verify(environ, tmp_path)
    both = environ | {"ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}"}
    async with built(load(both)) as bridge:
        await acted(bridge, 2)
    turned = await asyncio.to_thread(call, "keys", "rotate", cwd=tmp_path, **both)
    new = environ | {"ENCRYPTION_KEYS": KEY_7}
    async with built(load(new)) as bridge:
        await acted(bridge, 1)
    after, wrong = await verify(new, tmp_path), await verify(environ, tmp_path)

    assert (running.returncode, running.stderr) == (0, "")
    assert running.stdout.startswith("Whole: 5 lines from 20")
    assert turned.returncode == 0
    assert (after.returncode, after.stdout.startswith("Whole: 8 lines from 20")) == (0, True)
    assert (wrong.returncode, wrong.stdout) == (78, "")
    assert "do not open the audit's own key" in wrong.stderr


async def test_a_thief_who_writes_into_the_file_is_named_by_the_first_line(tmp_path: Path) -> None:
    environ = _file(tmp_path)
    async with built(load(environ)) as bridge:
        await acted(bridge)
    backup = tmp_path / "copy.sqlite3"
    made = await asyncio.to_thread(call, "backup", "--to", str(backup), cwd=tmp_path, **environ)
    with closing(sqlite3.connect(tmp_path / "bridge.sqlite3")) as thief:
        thief.executescript("DROP TRIGGER audit_unchanged; UPDATE audit SET actor = 31 WHERE seq = 3;")
    here = await verify(environ, tmp_path)
    there = await verify(environ, tmp_path, "--file", str(backup))

    assert made.returncode == 0
    assert here.returncode == 1
    assert here.stdout.startswith(
        "NOT WHOLE. Line 3 is not as it was written, or not in its place. The 2 lines before it are whole."
    )
    assert (there.returncode, there.stdout.startswith("Whole: 5 lines")) == (0, True)


async def test_pruned_lines_are_told_of(environ: dict[str, str], tmp_path: Path) -> None:
    async with built(load(environ)) as bridge:
        await acted(bridge)
        trail = bridge.core.effects.trail
        assert await bridge.core.database.write(lambda tx: trail.prune(tx, before=10**14, limit=3)) == 3
    said = await verify(environ, tmp_path)

    assert said.returncode == 0
    assert said.stdout.startswith("Whole: 2 lines")
    assert "a signed checkpoint says so" in said.stdout


@pytest.mark.parametrize("word", ["DELETE FROM audit_head", "DELETE FROM audit_head; DELETE FROM audit"])
async def test_without_its_head_the_bridge_goes_on_and_the_audit_does_not_pretend(
    tmp_path: Path, word: str
) -> None:
    environ = _file(tmp_path)
    async with built(load(environ)) as bridge:
        await acted(bridge)
    with closing(sqlite3.connect(tmp_path / "bridge.sqlite3")) as thief:
        thief.executescript(f"DROP TRIGGER audit_undeleted; {word};")
    without = await verify(environ, tmp_path)
    async with built(load(environ)) as bridge:
        await acted(bridge, 1)
    later = await verify(environ, tmp_path)

    assert without.returncode == 1
    if word.endswith("DELETE FROM audit"):
        assert "There is no audit in this database" in without.stdout
        assert "Whole: 1 lines" in later.stdout  # from now on: the day it begins is printed
    else:
        assert without.stdout.startswith("NOT WHOLE. Its head is missing.")
        assert (later.returncode, later.stdout.startswith("NOT WHOLE. Line 1")) == (1, True)


async def test_what_is_no_database_of_the_bridge_is_said(tmp_path: Path) -> None:
    environ = _no_file(tmp_path)
    other, text = tmp_path / "other.sqlite3", tmp_path / "text"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE a (b)")
    text.write_text("no database at all " * 100)

    for file in (other, text):
        said = await verify(environ, tmp_path, "--file", str(file))
        assert (said.returncode, said.stdout) == (78, "")
        assert f"{file} can't be read as a database of the bridge" in said.stderr
    missing = await verify(environ, tmp_path)
    assert (missing.returncode, "There is no database at" in missing.stderr) == (75, True)


async def test_how_far_it_is_is_said_while_it_takes_long(tmp_path: Path) -> None:
    settings = load(_file(tmp_path))
    async with built(settings) as bridge:
        await acted(bridge, 2500)
    said: list[str] = []

    code, told = audit_verification.verify(settings, file=None, say=said.append, every=0.0)

    assert (code, told.startswith("Whole: 2,500 lines")) == (0, True)
    assert said == ["1,000 of 2,500 lines …", "2,000 of 2,500 lines …", "2,500 of 2,500 lines …"]


def _file(folder: Path) -> dict[str, str]:
    """The older key only, and a database with a schema and nothing in it."""
    environ = _no_file(folder)
    with_schema(environ["DATABASE_URL"])
    return environ


def _no_file(folder: Path) -> dict[str, str]:
    place = {"DATABASE_URL": f"sqlite:///{folder}/bridge.sqlite3", "STATE_DIR": str(folder)}
    return WHOLE | place | {"ENCRYPTION_KEYS": KEY_6}
