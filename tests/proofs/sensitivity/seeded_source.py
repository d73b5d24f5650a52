"""A copy of the source with one bug in it; the checkout is never touched."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.proofs.sensitivity.proofs import Proof

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ("bot", "cogs", "storage")
_PARTS = (*PROGRAM, "tests", "pyproject.toml")
_SOURCE = {".py", ".sql"}
_MADE = shutil.ignore_patterns("__pycache__", "*.pyc", "*.sqlite3*", ".hypothesis", ".*_cache")


class DoesNotApply(Exception):
    """Raised when a patch no longer fits the source: the bug has rotted and must be written anew."""


@dataclass(frozen=True)
class Edit:
    """A piece of text that is in the whole program exactly once, and what stands there instead.

    It names no file: whoever moves code has nothing to do here. Where others have the same text, `beside` is
    what only the file that is meant says: the first words about what it does.
    """

    old: str
    new: str
    beside: str = ""


@dataclass(frozen=True)
class Bug:
    """One mistake that somebody might make; every one of `proofs`, cheapest first, must catch it."""

    name: str
    harm: str
    edits: tuple[Edit, ...]
    proofs: tuple[Proof, ...]


def copy_source(to: Path, *, root: Path = ROOT) -> Path:
    """The source as it is in the checkout at this moment, without what tools have made."""
    to.mkdir(parents=True)
    for part in _PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, to / part, ignore=_MADE)
        else:
            shutil.copy2(root / part, to / part)
    return to


def seeded(clean: Path, to: Path, bug: Bug) -> Path:
    """A copy of a copy, with the bug in it. Raises DoesNotApply."""
    # The same files, with what Python has compiled. Whatever writes one anew makes a file of its own.
    shutil.copytree(clean, to, copy_function=os.link)
    for edit in bug.edits:
        apply(to, edit)
    return to


def apply(tree: Path, edit: Edit) -> None:
    """Make one edit. Raises DoesNotApply unless its text is there exactly once."""
    path = place(edit, program(tree))
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()  # two writes within one second would look the same to Python


def program(tree: Path) -> dict[Path, str]:
    """Every file of the program in this tree, with its text."""
    paths = (path for part in PROGRAM for path in (tree / part).rglob("*") if path.suffix in _SOURCE)
    return {path: path.read_text(encoding="utf-8") for path in paths}


def place(edit: Edit, texts: Mapping[Path, str]) -> Path:
    """The one file that has it. Raises DoesNotApply."""
    found = {path: text.count(edit.old) for path, text in texts.items() if edit.beside in text}
    found = {path: times for path, times in found.items() if times}
    if sum(found.values()) != 1 or edit.old == edit.new:
        where = ", ".join(str(path) for path in sorted(found)) or "no file"
        what = edit.old.strip().splitlines()[0]
        raise DoesNotApply(f"the program has {sum(found.values())} times, not once: {what} ({where})")
    return next(iter(found))


def fingerprint(tree: Path) -> str:
    """Says whether two trees are the same source."""
    digest = hashlib.sha256()
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(tree)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
