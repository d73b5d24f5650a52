"""Whole flows on the other Python: `python -m tests.steps.other_python`.

The image has one Python (Dockerfile), `requires-python` names the oldest. Whichever of the two does not run
here is tried in a copy of the tree, with an environment of its own; where it is not installed, that is said.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP
from tests.architecture.tree_probe import copied_tree

# The command line, both stand-ins and the program as a process: what differs from one Python to the next.
_TESTS: Final = ("tests/app", "tests/cli", "tests/journeys/test_first_contact.py")
_BRINGS: Final = ".uv"  # what makes environments; to fetch it anew would need a network


def main() -> int:
    """Exit 0 where all tests pass on each of these Pythons that is there."""
    codes = []
    for version in others(supported(), f"{sys.version_info.major}.{sys.version_info.minor}"):
        python = found(version, os.environ["PATH"].split(os.pathsep))
        if python is None:
            print(f"skipped: python{version} is not installed here", flush=True)
        else:
            codes.append(_tested(python))
    return 1 if any(codes) else 0  # who was killed has a code below 0


def supported() -> list[str]:
    """The oldest Python that the program promises to run on, and the image's."""
    return [
        _number_in("pyproject.toml", r'^requires-python = ">=(\d+\.\d+)"'),
        _number_in("Dockerfile", r"^ARG PYTHON_IMAGE=python:(\d+\.\d+)-"),
    ]


def _number_in(file: str, words: str) -> str:
    number = re.search(words, (TOP / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert number is not None, file
    return number[1]


def others(versions: Sequence[str], this: str) -> list[str]:
    """Each of them once, without the one that runs."""
    return [version for version in dict.fromkeys(versions) if version != this]


def found(version: str, folders: Sequence[str]) -> Path | None:
    """The first Python of this version that starts; a name that only stands for others need not."""
    pythons = (Path(folder, f"python{version}") for folder in folders)
    return next((python for python in pythons if python.is_file() and _run(python, "-c", "") == 0), None)


def _tested(python: Path) -> int:
    print(f"{python}: {' '.join(_TESTS)}", flush=True)
    with copied_tree() as top:
        if (TOP / _BRINGS).is_dir():
            (top / _BRINGS).symlink_to(TOP / _BRINGS)
        # A build takes what git knows.
        wrong = _run("git", "init", "-q", cwd=top) or _run("git", "add", "-A", cwd=top)
        kept = os.environ.get("UV_CACHE_DIR", str(TOP / ".cache/uv"))
        more = {"PYTHON": str(python), "UV_CACHE_DIR": kept}
        words = ("./run", "test", "-q", "-n", "2", "--dist", "loadfile", *_TESTS)
        return wrong or _run(*words, cwd=top, more=more)


def _run(*words: str | Path, cwd: Path = TOP, more: Mapping[str, str] | None = None) -> int:
    """The command's exit code."""
    done = subprocess.run(words, cwd=cwd, env={**os.environ, **(more or {})}, check=False)  # noqa: S603 - our own
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
