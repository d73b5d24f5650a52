"""A running bridge takes up a new key from its file, in steps that leave no gap."""

import logging
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.features.operations.keys import key_file, record
from bot.features.operations.keys.tasks import KeyFileWatcher
from bot.features.people.accounts.keyring import Keyring
from bot.settings.value_rules import key_lines
from storage.database import Database
from storage.engine.connect import open_database
from tests.database_place import with_schema
from tests.features.operations.keys.keys_scenario import NEW, OLD
from tests.features.people.accounts.accounts_fixtures import FillingDatabase
from tests.settings.test_settings import KEY_6, KEY_7

PLACE = "inbox|body|fact|creator"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty one."""
    opened = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    yield opened
    await opened.close()


def watching(path: Path, ring: Keyring, database: Database) -> KeyFileWatcher:
    return KeyFileWatcher(file=path, read=partial(key_file.read, path), ring=ring, database=database)


def ring_of(path: Path) -> Keyring:
    return Keyring(key_file.read(path))


async def test_a_key_that_was_put_first_encrypts_from_the_next_look_on(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "keys"
    key_file.put_first(path, KEY_6)
    ring = ring_of(path)
    looks = watching(path, ring, database)
    before = ring.seal(PLACE, b"before")

    await looks.look()
    assert await database.read(record.held) is None  # nothing new was there
    key_file.put_first(path, KEY_7)
    await looks.look()

    assert ring.ids == ["7", "6"]
    assert ring_of(path).open(PLACE, ring.seal(PLACE, b"after")) == b"after"
    assert ring.made_by_newest(ring.seal(PLACE, b"after"))
    assert ring.open(PLACE, before) == b"before"
    assert await database.read(record.held) == record.HeldKeys("7", ("7", "6"), watches=True)
    assert await database.read(record.needed) == {"7"}


async def test_a_file_that_cannot_be_used_changes_nothing_and_is_told_once(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "keys"
    key_file.put_first(path, KEY_6)
    ring = ring_of(path)
    looks = watching(path, ring, database)

    with caplog.at_level(logging.WARNING):
        for content in ("", "7:nonsense\n", None, f"{KEY_7}\n{KEY_7}\n"):
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_text(content, encoding="ascii")
                path.chmod(0o600)
            await looks.look()
    path.write_text(f"{KEY_7}\n{KEY_6}\n", encoding="ascii")
    path.chmod(0o644)
    await looks.look()
    assert ring.ids == ["6"]
    path.chmod(0o600)
    await looks.look()

    assert [record.levelname for record in caplog.records].count("WARNING") == 1
    assert KEY_7[2:] not in caplog.text
    assert ring.ids == ["7", "6"]


async def test_what_could_not_be_written_down_is_not_used_yet(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    key_file.put_first(path, KEY_6)
    ring = ring_of(path)
    disk = FillingDatabase(database, after=0)
    looks = watching(path, ring, disk)
    key_file.put_first(path, KEY_7)

    await looks.look()
    assert ring.newest == "6"  # opened already, but nothing is encrypted with it
    disk.make_room()
    await looks.look()

    assert ring.newest == "7"


def test_a_file_of_keys_is_replaced_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# mine\n{KEY_6}\n", encoding="ascii")
    path.chmod(0o644)

    key_file.put_first(path, KEY_7)

    assert path.read_text(encoding="ascii") == f"{KEY_7}\n# mine\n{KEY_6}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_lines(path) == [KEY_7, KEY_6]
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]


def test_a_ring_says_what_it_has_and_never_lets_go() -> None:
    ring = Keyring([OLD])
    old = ring.seal(PLACE, b"old")
    ring.learn([NEW])

    assert ring.ids == ["111", "222"]
    assert ring.made_by_newest(old)
    ring.prefer("222")
    assert not ring.made_by_newest(old)
    assert ring.open(PLACE, old) == b"old"
