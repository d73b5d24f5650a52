"""`./run` and the environment that a running bridge has its packages from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bot.environment import IN_USE, hold_environment
from tests.architecture.tree import TOP


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
