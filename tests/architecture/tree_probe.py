"""Changes a copy of the tree: does the program still start, which tests fail."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.architecture.feature_page import OPTION, put, touched
from tests.architecture.leaf_features import LEAVES, LeafFeature, take_away
from tests.architecture.source_tree import TOP, is_made

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
_MANY: Final = 2  # tests at a time
# What goes through all features: their rights, commands, words, stand-ins and listeners.
_CENTRAL: Final = (
    "tests/access/test_collection.py",
    "tests/discord/test_desks.py",
    "tests/discord/test_translating.py",
    "tests/cogs/test_every_command.py",
    "tests/cogs/test_help.py",
    "tests/architecture/test_listeners.py",
)
# Of each area the bridge at work on both stand-ins; few enough that ten times of it is no night.
_AREAS: Final = (
    "tests/features/inbox/notes/test_front_door.py",
    "tests/features/money/ledger/test_front_door.py",
    "tests/features/people/pausing/test_front_door.py",
    "tests/features/publishing/safety/test_front_door.py",
)
_NEAR_THE_OPTION: Final = (*_CENTRAL, "tests/features/inbox/timers")


def deletable() -> tuple[int, dict[str, list[str]]]:
    """How many of LEAVES can go; of each that cannot, what is in the way.

    A test counts against a feature only if it does not fail in the whole tree too.
    """
    with copied_tree() as top:
        red = set(_failing(top, [*_CENTRAL, *_AREAS]))
    found: dict[str, list[str]] = {}
    for leaf in LEAVES:
        found[leaf.folder] = sorted(set(_in_the_way(leaf)) - red)
        print(f"{leaf.folder}: {found[leaf.folder] or 'can go'}", file=sys.stderr, flush=True)
    return sum(not why for why in found.values()), {name: why for name, why in found.items() if why}


def files_for_option() -> int:
    """How many files docs/new-option.md touches. Raises AssertionError where they do not work."""
    with copied_tree() as top:
        red = set(_failing(top, _NEAR_THE_OPTION))
        put(top, OPTION)
        wrong = [*_not_clean(top), *_not_started(top), *(set(_failing(top, _NEAR_THE_OPTION)) - red)]
    assert wrong == [], wrong
    return sum(touched(OPTION))


def _in_the_way(leaf: LeafFeature) -> list[str]:
    with copied_tree() as top:
        take_away(top, leaf)
        areas = [path for path in _AREAS if not path.startswith(f"tests/features/{leaf.area}/")]
        return [*_not_clean(top), *_not_started(top), *_failing(top, [*_CENTRAL, *areas])]


@contextmanager
def copied_tree() -> Iterator[Path]:
    """All that is the project's, without what tools have made."""
    with TemporaryDirectory() as made:
        top = Path(made, "tree")
        shutil.copytree(TOP, top, ignore=lambda _folder, names: [name for name in names if is_made(name)])
        yield top


def _not_clean(top: Path) -> list[str]:
    """Imports that lead nowhere or the wrong way."""
    tools = (("ruff", "check", "-q", "bot", "cogs", "storage"), ("lint-imports",))
    return [tool[0] for tool in tools if run_in(top, tool).returncode]


def _not_started(top: Path) -> list[str]:
    """Whether the program has all its parts: every feature built, every cog set up."""
    done = run_in(top, ("python", "-m", "tests.architecture.new_feature"))
    return [f"start: {done.stderr.strip().splitlines()[-1]}"] if done.returncode else []


def _failing(top: Path, tests: Sequence[str]) -> list[str]:
    """Those that fail or cannot be collected."""
    done = run_in(top, ("python", "-m", "pytest", "-q", f"-n{_MANY}", "-p", "no:cacheprovider", *tests))
    failed = _FAILED.findall(done.stdout)
    return failed or ([f"pytest ended with {done.returncode}"] if done.returncode else [])


def run_in(top: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A command of the environment on that tree; what it imports is there, too."""
    tool = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [tool, *command[1:]],
        cwd=top,
        env={**os.environ, "PYTHONPATH": str(top)},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
