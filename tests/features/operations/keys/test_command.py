"""`keys new`, `keys check` and `keys rotate` on the command line."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.program import built
from bot.features.operations.keys.ring import keyring_of
from bot.settings.loader import load
from tests import postgres
from tests.cli.test_cli import call
from tests.database_place import with_schema
from tests.features.operations.keys.keys_scenario import fill
from tests.settings.test_settings import KEY_6, KEY_7, SECRETS, WHOLE


@pytest.fixture(params=["sqlite", "postgres"])
def environ(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Whole settings with the older key only."""
    rest = WHOLE | {"ENCRYPTION_KEYS": KEY_6, "STATE_DIR": str(tmp_path)}
    if request.param == "sqlite":
        yield rest | {"DATABASE_URL": with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")}
        return
    with postgres.emptied() as url:
        yield rest | {"DATABASE_URL": postgres.with_password(url)}


async def filled(environ: dict[str, str]) -> None:
    settings = load(environ)
    async with built(settings) as bridge:
        await fill(bridge.core.database, keyring_of(settings), 5)


async def test_from_one_key_to_the_next(environ: dict[str, str], tmp_path: Path) -> None:
    await filled(environ)
    both = environ | {"ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}"}

    before = await asyncio.to_thread(call, "keys", "check", cwd=tmp_path, **both)
    turned = await asyncio.to_thread(call, "keys", "rotate", cwd=tmp_path, **both)
    after = await asyncio.to_thread(call, "keys", "check", "--open", cwd=tmp_path, **both)
    new = environ | {"ENCRYPTION_KEYS": KEY_7}
    alone = await asyncio.to_thread(call, "keys", "check", cwd=tmp_path, **new)
    again = await asyncio.to_thread(call, "keys", "rotate", cwd=tmp_path, **new)

    assert (before.returncode, before.stderr) == (1, "")
    assert "  inbox.body_ct  6: 5" in before.stdout
    assert "Key 7 (newest) made 0 values." in before.stdout
    assert "Key 6 made 11 values." in before.stdout
    assert before.stdout.endswith("Next: fanvue-bridge keys rotate\n")
    assert (turned.returncode, turned.stderr) == (0, "")
    assert turned.stdout.startswith("10 values were encrypted again; all are under key 7 now.")
    assert (after.returncode, alone.returncode, again.returncode) == (0, 0, 0)
    assert "Key 6 made 0 values: you may remove it" in after.stdout
    assert "11 values open in their place." in after.stdout
    assert again.stdout.startswith("0 values were encrypted again")
    for said in (before, turned, after, alone, again):
        assert not [each for each in (*SECRETS, "hunter2") if each in said.stdout + said.stderr]


async def test_a_wrong_key_is_one_sentence_and_78(environ: dict[str, str], tmp_path: Path) -> None:
    await filled(environ)
    wrong = environ | {"ENCRYPTION_KEYS": KEY_7}

    for command in (("keys", "check"), ("keys", "rotate"), ("run",)):
        said = await asyncio.to_thread(call, *command, cwd=tmp_path, **wrong)

        assert said.returncode == 78, command
        assert said.stdout == ""
        assert said.stderr.count("\n") == 1
        assert "do not fit this database" in said.stderr
        assert "Traceback" not in said.stderr


async def test_a_key_that_is_still_needed_is_asked_for(environ: dict[str, str], tmp_path: Path) -> None:
    await filled(environ)
    both = environ | {"ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}"}
    async with built(load(both)):
        pass  # from here on the newest key may have made something
    gone = await asyncio.to_thread(call, "keys", "check", cwd=tmp_path, **environ)

    assert gone.returncode == 78
    assert gone.stderr == (
        "This database still needs encryption key 7, which is not there. Put it back behind "
        "the newest one; “fanvue-bridge keys rotate” encrypts everything again, then you may "
        "remove it.\n"
    )


async def test_beside_a_bridge_with_the_old_key_nothing_is_begun(
    environ: dict[str, str], tmp_path: Path
) -> None:
    both = environ | {"ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}"}
    async with built(load(environ)):
        refused = await asyncio.to_thread(call, "keys", "rotate", cwd=tmp_path, **both)
    async with built(load(both)):
        done = await asyncio.to_thread(call, "keys", "rotate", cwd=tmp_path, **both)
        checked = await asyncio.to_thread(call, "keys", "check", cwd=tmp_path, **both)

    assert refused.returncode == 75
    assert refused.stderr.startswith("The running bridge encrypts with key 6. Restart it with 7 first")
    assert done.returncode == 0
    assert "The running bridge encrypts with key 7 and loads a new one at a restart." in checked.stdout


def test_a_new_key_goes_first_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"

    made = call("keys", "new", "--file", str(path), cwd=tmp_path)
    call("keys", "new", "--file", str(path), cwd=tmp_path)
    nowhere = call("keys", "new", "--file", str(tmp_path / "none" / "keys"), cwd=tmp_path)

    settings = load(WHOLE | {"ENCRYPTION_KEYS": "", "ENCRYPTION_KEYS_FILE": str(path)})
    assert made.returncode == 0
    assert f"Key {settings.encryption_keys[1].id} is the first in {path}." in made.stdout
    assert len(settings.encryption_keys) == 2
    assert path.read_text(encoding="ascii").partition("\n")[0].partition(":")[2] not in made.stdout
    assert (nowhere.returncode, nowhere.stdout) == (1, "")


@pytest.mark.parametrize("command", ["check", "rotate"])
def test_without_settings_or_without_a_database(command: str, tmp_path: Path) -> None:
    nothing = call("keys", command, cwd=tmp_path)
    none = call("keys", command, cwd=tmp_path, **WHOLE, DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite3")

    assert (nothing.returncode, none.returncode) == (78, 1)
    assert "There is no database at" in none.stdout
