"""Backup, restore and the operator's word, on the command line and at start."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.app import maintenance
from bot.app.program import built
from bot.engine.clock import SystemClock, SystemIds
from bot.features.operations.backup.service import BackupProgress, back_up
from bot.features.operations.keys.ring import keyring_of
from bot.settings.loader import load
from bot.settings.model import Settings
from storage.engine import outbox
from storage.engine.connect import open_database, site_of
from storage.operations import webhook_rejections
from storage.operations.webhook_rejections import UsedWebhookSecret, WebhookRejection
from tests import postgres
from tests.cli.test_cli import call
from tests.database_place import with_schema
from tests.settings.test_settings import WHOLE
from tests.storage.record_fixtures import CREATOR, a_creator, new_effect


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Whole settings, with a database of this test's own."""
    return WHOLE | {"DATABASE_URL": f"sqlite:///{tmp_path}/data/bridge.sqlite3"}


def started(settings: Settings, *numbers: int) -> None:
    """A bridge ran once and left a reply waiting for each number."""

    async def run() -> None:
        clock, ids = SystemClock(), SystemIds()
        database = await open_database(with_schema(settings.database_url), now=clock.now())
        side = site_of(settings.database_url).side(database)
        await maintenance.begin(database, keyring_of(settings), side, clock=clock, ids=ids)
        await a_creator(database, CREATOR)
        for number in numbers:
            await database.write(partial(outbox.add, new=new_effect(number)))
        await database.close()

    asyncio.run(run())


def test_backup_restore_and_the_word(environ: dict[str, str], tmp_path: Path) -> None:
    started(load(environ), 1, 2)
    copies = tmp_path / "data" / "backups"

    copies.mkdir()
    (copies / ".bridge-20260101T000000Z.sqlite3.making").write_bytes(b"half of it")  # as a kill leaves it
    made = call("backup", "--keep", "1", cwd=tmp_path, **environ)
    (copy,) = copies.iterdir()
    put = call("restore", str(copy), cwd=tmp_path, **environ)
    shown = call("restored", cwd=tmp_path, **environ)
    said = call("restored", "accept", cwd=tmp_path, **environ)
    again = call("restored", "accept", cwd=tmp_path, **environ)

    assert (made.returncode, made.stderr) == (0, "")
    assert str(copy) in made.stdout
    assert "which a killed backup had left" in made.stdout.splitlines()[0]
    assert made.stdout.splitlines()[-1] == f"1 of 1 backups are kept in {copies}."
    assert (put.returncode, put.stderr) == (0, "")
    assert "kept as" in put.stdout
    assert put.stdout.count("chat.send  @handle, fan fan-") == 2
    assert shown.stdout.splitlines() == put.stdout.splitlines()[2:]
    assert (said.returncode, said.stdout.split(".")[0]) == (0, "Accepted")
    assert again.stdout.startswith(
        "Nothing is waiting for your confirmation: this database was not restored from a backup"
    )


def test_progress_is_said_after_two_seconds_and_then_every_five() -> None:
    said: list[str] = []
    times = iter([0.0, 1.9, 2.0, 6.9, 7.0])
    progress = BackupProgress(said.append, lambda: next(times))

    for share in (0.1, 0.2, 0.3, None):
        progress.tell("Copying the database", share)

    assert said == ["Copying the database: 20%", "Copying the database …"]


def test_backup_to_a_file_and_wrong_uses_of_it(environ: dict[str, str], tmp_path: Path) -> None:
    none = call("backup", cwd=tmp_path, **environ)
    started(load(environ))
    file = str(tmp_path / "mine.sqlite3")

    assert (none.returncode, none.stdout) == (1, "")
    assert none.stderr.startswith("There is no database at ")
    assert call("backup", "--to", file, "--keep", "3", cwd=tmp_path, **environ).returncode == 1
    assert call("backup", "--to", file, cwd=tmp_path, **environ).returncode == 0
    assert call("backup", "--to", file, cwd=tmp_path, **environ).returncode == 1
    assert call("backup", "--keep", "0", cwd=tmp_path, **environ).returncode == 2
    assert call("backup", cwd=tmp_path).returncode == 78


def test_other_keys_are_told_apart(environ: dict[str, str], tmp_path: Path) -> None:
    started(load(environ))
    other = environ | {"ENCRYPTION_KEYS": call("keys", "new", cwd=tmp_path).stdout.strip()}

    assert call("backup", cwd=tmp_path, **other).returncode == 78


async def test_beside_a_running_bridge_only_reading_is_possible(
    environ: dict[str, str], tmp_path: Path
) -> None:
    async with built(load(environ)):
        made = await asyncio.to_thread(call, "backup", "--to", str(tmp_path), cwd=tmp_path, **environ)
        (copy,) = tmp_path.glob("bridge-*.sqlite3")  # noqa: ASYNC240 - one look at one folder
        put = await asyncio.to_thread(call, "restore", str(copy), cwd=tmp_path, **environ)
        shown = await asyncio.to_thread(call, "restored", cwd=tmp_path, **environ)
        said = await asyncio.to_thread(call, "restored", "accept", cwd=tmp_path, **environ)

    assert made.returncode == 0
    assert [put.returncode, shown.returncode, said.returncode] == [75, 0, 75]


async def test_a_restored_bridge_is_built_paused_and_says_why(
    environ: dict[str, str], tmp_path: Path
) -> None:
    settings = load(environ)
    async with built(settings) as bridge:
        assert bridge.core.restored is None
        await a_creator(bridge.core.database, CREATOR)
        await bridge.core.database.write(partial(outbox.add, new=new_effect()))
    copy = tmp_path / "copy.sqlite3"
    back_up(settings, to=copy)
    await maintenance.restore(settings, copy)

    async with built(settings) as bridge:
        assert bridge.core.restored is not None
        assert await bridge.deliveries.recover() == []
        assert bridge.links.tokens._paused == maintenance.PAUSED
    await maintenance.accept(settings)

    async with built(settings) as bridge:
        assert bridge.core.restored is None
        assert await bridge.deliveries.recover() == [new_effect(1).stream]


def test_what_came_to_the_webhooks_address_is_listed(environ: dict[str, str], tmp_path: Path) -> None:
    settings = load(environ)
    started(settings)

    async def note() -> None:
        database = await open_database(settings.database_url, now=1)
        refused = WebhookRejection("2026-11-24", "wrong", "0123456789abcdef", 7)
        await database.write(partial(webhook_rejections.add, new=refused))
        await database.write(
            partial(
                webhook_rejections.used, key=UsedWebhookSecret("fedcba9876543210", "subscription", 9, 1_000)
            )
        )
        await database.close()

    asyncio.run(note())
    said = call("door", cwd=tmp_path, **environ)

    assert said.returncode == 0
    assert "fedcba9876543210  subscription  9  1970-01-01 00:00:01 UTC" in said.stdout
    assert "2026-11-24  wrong  0123456789abcdef  7" in said.stdout


async def test_on_a_server_the_commands_name_its_own_tools_and_no_password(tmp_path: Path) -> None:
    with postgres.emptied() as url:
        environ = WHOLE | {"DATABASE_URL": postgres.with_password(url), "STATE_DIR": str(tmp_path)}
        settings = load(environ)
        async with built(settings) as bridge:
            assert bridge.core.restored is None
            second = await asyncio.to_thread(call, "restored", "accept", cwd=tmp_path, **environ)
        said = {
            words: await asyncio.to_thread(call, *words.split(), cwd=tmp_path, **environ)
            for words in ("backup", "restore file", "restored", "door")
        }

    assert {words: one.returncode for words, one in said.items()} == {
        "backup": 1,
        "restore file": 1,
        "restored": 0,
        "door": 0,
    }
    assert "pg_dump --format=custom --file=bridge-" in said["backup"].stderr
    assert "pg_restore --clean --if-exists" in said["restore file"].stderr
    assert second.returncode == 75
    assert (tmp_path / "identify.json").exists() is False  # Discord was never spoken to
    assert "hunter2" not in "".join(one.stdout + one.stderr for one in (second, *said.values()))


async def test_the_doctor_examines_a_server_and_names_no_password(tmp_path: Path) -> None:
    nobody = {"DISCORD_API_URL": "https://127.0.0.1:1", "FANVUE_API_URL": "https://127.0.0.1:1"}
    with postgres.emptied() as url:
        environ = WHOLE | nobody | {"STATE_DIR": str(tmp_path), "DATABASE_URL": postgres.with_password(url)}
        async with built(load(environ)):
            there = await asyncio.to_thread(call, "doctor", cwd=tmp_path, **environ)
    gone = await asyncio.to_thread(
        call,
        "doctor",
        cwd=tmp_path,
        **environ | {"DATABASE_URL": "postgresql://bridge:hunter2@127.0.0.1:1/gone"},
    )

    lines = {line.split()[1]: line.split()[0] for line in there.stdout.splitlines() if len(line.split()) > 1}
    assert [lines[name] for name in ("database", "server", "origin", "keys", "disk")] == ["ok"] * 5
    assert "has the database and does not answer at ADMIN_LISTEN" in there.stdout
    assert "Check postgresql://bridge@127.0.0.1:1/gone." in gone.stdout
    assert "itself failed" not in there.stdout + gone.stdout
    assert "hunter2" not in there.stdout + there.stderr + gone.stdout + gone.stderr


async def test_db_copy_on_the_command_line(environ: dict[str, str], tmp_path: Path) -> None:
    settings = load(environ)
    async with built(settings) as bridge:
        await a_creator(bridge.core.database, CREATOR)
    with postgres.emptied() as url:
        target = postgres.with_password(url)
        ends = ("--from", settings.database_url, "--to", target)
        unseen = (*ends[:3], "-")
        copied = await asyncio.to_thread(call, "db", "copy", *unseen, cwd=tmp_path, said=f"{target}\n")
        again = await asyncio.to_thread(call, "db", "copy", *ends, cwd=tmp_path)
        old = await asyncio.to_thread(call, "restored", "accept", cwd=tmp_path, **environ)
        doctor = await asyncio.to_thread(call, "doctor", cwd=tmp_path, **environ)
        async with built(load(environ | {"DATABASE_URL": target, "STATE_DIR": str(tmp_path)})) as bridge:
            assert bridge.core.restored is None
        back = await asyncio.to_thread(call, "db", "reopen", "--from", settings.database_url, cwd=tmp_path)
    async with built(settings) as bridge:
        assert bridge.core.restored is not None

    assert (copied.returncode, again.returncode, old.returncode, back.returncode) == (0, 1, 1, 0)
    assert "counts and contents are the same" in copied.stdout
    assert "creators: the same rows on both sides" in copied.stderr
    assert "has rows already" in again.stderr
    assert "was moved to postgresql://" in old.stderr
    assert "was moved to postgresql://" in doctor.stdout
    assert "hunter2" not in copied.stdout + copied.stderr + again.stderr + old.stderr + doctor.stdout
