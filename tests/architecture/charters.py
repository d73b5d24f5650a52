"""Prints one line per file, as docs/architecture.md lists them."""

import re
from typing import Final

from tests.architecture.tree import PACKAGES, TOP, charter, modules

_LINE: Final = re.compile(r"^\s*[-*] `((?:bot|cogs|storage)/[\w/.]+\.py)` — (.+?)\s*$")


def charters() -> list[tuple[str, str]]:
    """Path and charter of every module; an `__init__.py` without a docstring has nothing to say."""
    found = ((path.relative_to(TOP).as_posix(), charter(path)) for path in modules(*PACKAGES))
    return [(path, line) for path, line in found if line or not path.endswith("__init__.py")]


def listed(document: str) -> list[tuple[str, str]]:
    """What a document says: every line of the form "- `path` — charter"."""
    return [(match[1], match[2]) for line in document.splitlines() if (match := _LINE.match(line))]


def main() -> None:
    """Print the list, ready to be pasted."""
    for path, line in charters():
        print(f"- `{path}` — {line}")


if __name__ == "__main__":
    main()
