"""Every text in the source that a person may read, f-strings too."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP, modules

_HOLE: Final = "…"  # stands for what is filled in
_PART: Final = re.compile(r"(?<!\{)\{[a-z_0-9]+\}")  # of a message, filled in as well
_LOGGING: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
_OWNERS: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_TECHNICAL: Final = ("bot/sandbox/", "bot/features/inbox/guard/")  # the demo's cast; patterns of the guard
_GUARD_TEXTS: Final = "bot/features/inbox/guard/texts.py"


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A text as it stands in the source, and where."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@cache
def written_sentences() -> tuple[WrittenSentence, ...]:
    """All of `bot` and `cogs` that has more than one word."""
    found: list[WrittenSentence] = []
    for path in modules("bot", "cogs"):
        name = path.relative_to(TOP).as_posix()
        if name == _GUARD_TEXTS or not name.startswith(_TECHNICAL):
            found += _of(path, name)
    return tuple(found)


def _of(path: Path, name: str) -> Iterator[WrittenSentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unread = {id(node) for node in _unread(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr) or id(node) in unread:
            continue
        text = _text(node)
        if text is not None and re.search(r"\S\s+\S", text):
            yield WrittenSentence(name, node.lineno, text)


def _unread(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, what goes to the log, and the parts of an f-string that is read whole."""
    for node in ast.walk(tree):
        if isinstance(node, _OWNERS) and node.body and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _LOGGING and "log" in ast.unparse(node.func.value).lower():
                yield from ast.walk(node)
        elif isinstance(node, ast.JoinedStr):
            yield from (part for part in node.values if isinstance(part, ast.Constant))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return _PART.sub(_HOLE, node.value) if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values)
