"""The files of this checkout that count as its source."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("bot", "cogs", "storage")

# Made by tools or by running the program; everything else below TOP is ours.
_MADE: Final = frozenset({".git", ".uv", ".cache", "__pycache__", "build", "data", "dist", "htmlcov"})


def modules(*folders: str) -> list[Path]:
    """Every Python file below these top-level folders, sorted."""
    return sorted(path for folder in folders for path in (TOP / folder).rglob("*.py"))


@cache
def texts() -> dict[Path, str]:
    """Every text file that belongs to the project, by its path below TOP; read once, for many tests ask."""
    found: dict[Path, str] = {}
    for path in sorted(_ours()):
        try:
            found[path.relative_to(TOP)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def _ours() -> Iterator[Path]:
    """Every file; what tools have made, thousands of files, is not even entered."""
    for folder, inner, names in os.walk(TOP):
        inner[:] = [name for name in inner if not is_made(name)]
        yield from (path for name in names if not is_made(name) and (path := Path(folder, name)).is_file())


def is_made(part: str) -> bool:
    """Whether tools have made what is called so."""
    return (
        part in _MADE
        or part == ".env"
        or part.startswith((".venv", ".coverage"))
        or part.endswith(("_cache", ".egg-info", ".pyc"))
        or part == ".hypothesis"
        or ".sqlite3" in part
    )


def trees_with(paths: Iterable[Path], *words: str) -> Iterator[tuple[Path, ast.Module]]:
    """Those of the modules that have one of the words in them, parsed: to parse all takes five seconds."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield path, ast.parse(text)


@dataclass(frozen=True)
class ModuleOutline:
    """What many tests ask of a module. Its whole tree would not fit into memory with all the others."""

    charter: str
    imported: tuple[str, ...]
    classes: tuple[str, ...]  # nested ones too
    functions: tuple[tuple[str, int], ...]  # methods too, and how many lines each has


@cache
def outline(path: Path) -> ModuleOutline:
    """Read and parsed once in a process."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported: list[str] = []
    classes: list[str] = []
    functions: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append((node.name, (node.end_lineno or node.lineno) - node.lineno + 1))
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    return ModuleOutline(first, tuple(imported), tuple(classes), tuple(functions))


def charter(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    return outline(path).charter


def imported(path: Path) -> tuple[str, ...]:
    """Every module that this one imports, and each name that it takes from one, as a dotted name."""
    return outline(path).imported


def dotted(path: Path) -> str:
    """The module's name as Python imports it."""
    parts = path.relative_to(TOP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
