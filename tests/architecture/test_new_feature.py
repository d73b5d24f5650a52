"""The page about a new feature is true: its code, in a copy of the tree, runs."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture.feature_page import pieces, put, touched
from tests.architecture.source_tree import PACKAGES, TOP


def told(top: Path) -> Mapping[str, list[str]]:
    """What the program of this tree has."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.new_feature"],
        cwd=top,
        env={"PYTHONPATH": str(top), "PATH": "", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with the page's feature in it."""
    top = tmp_path_factory.mktemp("tree")
    for name in (*PACKAGES, "tests/access", "tests/architecture", "tests/settings"):
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".importlinter", "tests/__init__.py"):
        shutil.copy(TOP / name, top / name)
    put(top)
    return top


def test_the_program_has_the_pages_command_effect_task_and_service(tree: Path) -> None:
    before, after = told(TOP), told(tree)

    assert {kind: sorted(set(after[kind]) - set(before[kind])) for kind in after} == {
        "commands": ["inbox pulse"],
        "effects": ["pulse.read"],
        "tasks": ["pulse"],
        "services": ["PulseService"],
    }
    assert all(set(before[kind]) <= set(after[kind]) for kind in before)


@pytest.mark.parametrize("tool", [("ruff", "check", "-q"), ("ruff", "format", "--check")])
def test_its_code_is_clean(tree: Path, tool: tuple[str, ...]) -> None:
    new = sorted({path for path, kind, _text in pieces() if kind == "python"})
    done = subprocess.run(
        [Path(sys.executable).with_name(tool[0]), *tool[1:], *new],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert len(new) == 6
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_says_how_many_files_it_touches() -> None:
    page = (TOP / "docs" / "new-feature.md").read_text(encoding="utf-8")
    lines = [path for path, kind, _text in pieces() if kind == "diff"]

    assert (*touched(), len(lines)) == (8, 2, 4)
    assert "Eight files are new, and four lines are added to two files that are there." in page
