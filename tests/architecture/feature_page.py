"""The code on docs/new-feature.md, file by file, and how it is put into a tree."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import TOP

_PIECE = re.compile(
    r"(?:^`(?P<path>[\w/]+\.(?:py|de\.json|json))`\n\n)?^```(?P<kind>python|json|diff)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def pieces() -> Iterator[tuple[str, str, str]]:
    """File, kind and text of each piece of code; a piece without a file belongs to the one before."""
    path = ""
    for found in _PIECE.finditer((TOP / "docs" / "new-feature.md").read_text(encoding="utf-8")):
        path = found["path"] or path
        yield path, found["kind"], found["text"]


def put(top: Path) -> None:
    """Write what is new, and add the lines after those that are there."""
    for path, kind, text in pieces():
        if kind != "diff":
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_text(text, encoding="utf-8")
            continue
        before, added = (line[1:] for line in text.splitlines())
        whole = (top / path).read_text(encoding="utf-8")
        assert whole.count(f"\n{before}\n") == 1, f"{path} has not exactly one line {before!r}"
        (top / path).write_text(whole.replace(f"\n{before}\n", f"\n{before}\n{added}\n"), encoding="utf-8")


def touched() -> tuple[int, int]:
    """How many files are new, and how many that are there get lines."""
    kinds = {(path, kind) for path, kind, _text in pieces()}
    return sum(kind != "diff" for _path, kind in kinds), sum(kind == "diff" for _path, kind in kinds)
