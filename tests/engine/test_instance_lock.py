"""One process speaks for a bot on one machine (E6)."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from bot.engine.instance_lock import BotInUse, lock_of_bot

API = "https://discord.com/api/v10"


def test_a_second_owner_is_refused_with_a_sentence_that_names_both(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    first = lock_of_bot(42, API, environ)

    with pytest.raises(BotInUse) as refused:
        lock_of_bot(42, API, environ)
    first.release()
    second = lock_of_bot(42, API, environ)
    second.release()

    assert f"Process {os.getpid()} already runs the bot with application id 42" in str(refused.value)
    assert f"this one (process {os.getpid()})" in str(refused.value)


def test_another_bot_and_the_same_id_on_another_discord_are_free(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}

    locks = [
        lock_of_bot(42, API, environ),
        lock_of_bot(43, API, environ),
        lock_of_bot(42, "http://127.0.0.1:1/api/v10", environ),
    ]

    assert len({path.name for path in tmp_path.iterdir()}) == 3
    for lock in locks:
        lock.release()


def test_the_file_is_for_this_user_only_and_a_link_is_not_followed(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    lock_of_bot(42, API, environ).release()
    (path,) = tmp_path.iterdir()
    mode = stat.S_IMODE(path.stat().st_mode)
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        lock_of_bot(42, API, environ)

    assert mode == 0o600
    assert str(os.getuid()) in path.name
    assert not (tmp_path / "elsewhere").exists()


def test_without_a_runtime_folder_the_systems_folder_for_temporary_files_is_used() -> None:
    other = -os.getpid()  # an application id that nobody has

    lock = lock_of_bot(other, API, {"XDG_RUNTIME_DIR": "/nowhere"})
    with pytest.raises(BotInUse):
        lock_of_bot(other, API, {})
    lock.release()
    (Path(tempfile.gettempdir()) / f"fanvue-bridge-{os.getuid()}-{other}.lock").unlink()
