"""Prints one line for each file: what it is for, by its own first words."""

import sys
from collections.abc import Iterator

from tests.architecture.source_tree import PACKAGES, TOP, charter, modules


def charters(*folders: str) -> Iterator[tuple[str, str]]:
    """Path and charter of every module; an `__init__.py` without a docstring has nothing to say."""
    for path in modules(*(folders or PACKAGES)):
        if (line := charter(path)) or path.stem != "__init__":
            yield path.relative_to(TOP).as_posix(), line


def main() -> None:
    """Print them, of the folders that are named or of the whole program."""
    for path, line in charters(*sys.argv[1:]):
        print(f"{path}: {line}")


if __name__ == "__main__":
    main()
