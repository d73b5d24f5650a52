"""The code on a page of docs, file by file, and how it is put into a tree."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP

FEATURE: Final = "new-feature.md"
OPTION: Final = "new-option.md"
_PIECE = re.compile(
    r"(?:^`(?P<path>[\w/]+\.(?:py|(?:de|es-ES)\.json|json))`\n\n)?^```(?P<kind>python|json|diff)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def pieces(page: str = FEATURE) -> Iterator[tuple[str, str, str]]:
    """File, kind and text of each piece of code; a piece without a file belongs to the one before."""
    path = ""
    for found in _PIECE.finditer((TOP / "docs" / page).read_text(encoding="utf-8")):
        path = found["path"] or path
        yield path, found["kind"], found["text"]


def put(top: Path, page: str = FEATURE) -> None:
    """Write what is new, and change the lines of what is there."""
    for path, kind, text in pieces(page):
        if kind != "diff":
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_text(text, encoding="utf-8")
            continue
        before = "\n".join(line[1:] for line in text.splitlines() if line[:1] != "+")
        after = "\n".join(line[1:] for line in text.splitlines() if line[:1] != "-")
        whole = (top / path).read_text(encoding="utf-8")
        assert f"\n{whole}".count(f"\n{before}\n") == 1, f"{path} has not exactly once {before!r}"
        changed = f"\n{whole}".replace(f"\n{before}\n", f"\n{after}\n").removeprefix("\n")
        (top / path).write_text(changed, encoding="utf-8")


def touched(page: str = FEATURE) -> tuple[int, int]:
    """How many files are new, and how many that are there get lines."""
    kinds = {(path, kind) for path, kind, _text in pieces(page)}
    return sum(kind != "diff" for _path, kind in kinds), sum(kind == "diff" for _path, kind in kinds)
