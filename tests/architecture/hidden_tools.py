"""Imports modules while what only developers have is hidden; prints what failed."""

import importlib
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

from tests.architecture.source_tree import TOP


class Hidden(MetaPathFinder):
    """Answers for the hidden names that they are not installed."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - as Python asks
        target: ModuleType | None = None,  # noqa: ARG002 - likewise
    ) -> ModuleSpec | None:
        """Nothing for others; the usual error for ours."""
        if fullname.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"{fullname} is not in requirements/runtime.txt", name=fullname)
        return None


def tools() -> frozenset[str]:
    """The top-level names of packages that dev.txt has and runtime.txt has not."""
    only = _pinned("dev") - _pinned("runtime")
    return frozenset(
        name
        for name, owners in packages_distributions().items()
        if {_normal(owner) for owner in owners} <= only and name.isidentifier()
    )


def _pinned(name: str) -> set[str]:
    text = Path(TOP / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {_normal(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(names: list[str]) -> int:
    """Import each name; print the reason of each failure; the answer is how many there were."""
    sys.meta_path.insert(0, Hidden(tools()))
    failures = 0
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            failures += 1
            print(f"{name}: {error}")
    return failures


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
