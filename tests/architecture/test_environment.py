"""`./run` and the environment that a running bridge has its packages from."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.environment_lock import IN_USE, hold_environment
from tests.architecture.source_tree import TOP


def checkout(folder: Path) -> Path:
    """A checkout whose environment was made from other requirements, so that the next start changes it."""
    shutil.copy(TOP / "run", folder)
    shutil.copytree(TOP / "requirements", folder / "requirements")
    venv = folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "made-of-runtime").write_text("something older")
    return venv


def test_an_environment_is_not_rebuilt_under_a_running_bridge(tmp_path: Path) -> None:
    venv = checkout(tmp_path)

    held = hold_environment(venv)
    assert held is not None
    done = subprocess.run(
        [tmp_path / "run", "backup"],
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(held)

    said = (
        "A bridge runs from this folder, and its packages are to be changed. Stop it, then start this again."
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"run: {said}\n")
    assert sorted(path.name for path in venv.iterdir()) == ["bin", IN_USE, "made-of-runtime"]
    assert not (tmp_path / ".uv").exists()


def test_several_bridges_share_an_environment_and_one_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    venv, theirs = checkout(tmp_path), tmp_path / "theirs"
    theirs.mkdir()

    held = [hold_environment(venv) for _ in range(2)]
    other = hold_environment(theirs)
    for one in held:
        assert one is not None
        os.close(one)

    assert other is None
    assert list(theirs.iterdir()) == []


# Instead of Python: says that it runs, and goes on until somebody ends it.
PYTEST = """#!/bin/sh
[ "$1" != -V ] || { echo "Python 3"; exit; }
echo "$$ ${TMPDIR:-}" >%s
exec tail -f /dev/null
"""


def developers(folder: Path, told: Path) -> dict[str, str]:
    """The environment of a checkout that has everything, with `PYTEST` in it."""
    shutil.copy(TOP / "run", folder)
    shutil.copytree(TOP / "requirements", folder / "requirements")
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTEST % told)
    python.chmod(0o755)
    made_of = "".join(
        (folder / name).read_text() for name in ("run", "requirements/uv.txt", "requirements/dev.txt")
    )
    sums = subprocess.run(
        [shutil.which("cksum") or ""], input=made_of, capture_output=True, text=True, check=True
    ).stdout.strip()
    (folder / ".venv" / "made-of-dev").write_text(f"{folder} {sys.executable} {sums}\nPython 3")
    return {"PATH": os.environ["PATH"], "PYTHON": sys.executable}


@pytest.mark.parametrize(("ended_by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whoever_ends_the_tests_leaves_nothing_running(tmp_path: Path, ended_by: int, code: int) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    environment = developers(tmp_path, told)

    run = subprocess.Popen([tmp_path / "run", "test"], env=environment, start_new_session=True)
    number, memory = told.read_text().rstrip("\n").split(" ")
    os.killpg(run.pid, ended_by)

    assert run.wait(timeout=120) == code
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)
    assert not memory or not Path(memory).exists()
