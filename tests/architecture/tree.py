"""The files of this checkout that count as its source."""

import ast
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("bot", "cogs", "storage")

# Made by tools or by running the program; everything else below TOP is ours.
_MADE: Final = frozenset({".git", ".uv", ".cache", "__pycache__", "build", "data", "dist", "htmlcov"})


def modules(*folders: str) -> list[Path]:
    """Every Python file below these top-level folders, sorted."""
    return sorted(path for folder in folders for path in (TOP / folder).rglob("*.py"))


def texts() -> dict[Path, str]:
    """Every text file that belongs to the project, by its path below TOP."""
    found: dict[Path, str] = {}
    for path in sorted(TOP.rglob("*")):
        inside = path.relative_to(TOP)
        if path.is_file() and not any(_made(part) for part in inside.parts):
            try:
                found[inside] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def _made(part: str) -> bool:
    return (
        part in _MADE
        or part == ".env"
        or part.startswith((".venv", ".coverage"))
        or part.endswith(("_cache", ".egg-info", ".pyc"))
        or part == ".hypothesis"
        or ".sqlite3" in part
    )


def charter(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def dotted(path: Path) -> str:
    """The module's name as Python imports it."""
    parts = path.relative_to(TOP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
