"""Joins the sentences of changelog.d into CHANGELOG.md, for a release."""

import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP

AREAS: Final = {  # and who it matters to
    "inbox": "If you answer fans",
    "publishing": "If you post, and write to many",
    "money": "If you count the money",
    "people": "If you lead a team or own an account",
    "operations": "If you run it",
}
FIRST: Final = "## ["  # the newest version begins with it


def fragments(top: Path) -> list[Path]:
    """One file a change, in the order of the areas."""
    found = [path for path in sorted((top / "changelog.d").glob("*.md")) if path.name != "README.md"]
    strange = [path.name for path in found if path.name.count(".") != 2 or area_of(path) not in AREAS]
    if strange:
        raise ValueError(f"these are not called <area>.<slug>.md, with one of {', '.join(AREAS)}: {strange}")
    return sorted(found, key=lambda path: list(AREAS).index(area_of(path)))


def area_of(path: Path) -> str:
    """What stands before the first dot."""
    return path.name.partition(".")[0]


def section(top: Path, version: str, day: str) -> str:
    """What CHANGELOG.md will say of the version."""
    lines = [f"{FIRST}{version}] - {day}", ""]
    for area, reader in AREAS.items():
        said = [" ".join(path.read_text("utf-8").split()) for path in fragments(top) if area_of(path) == area]
        lines += [f"### {reader}", "", *(f"- {one}" for one in said), ""] if said else []
    return "\n".join(lines)


def release(top: Path, day: str) -> str:
    """Put the sentences above the newest version, and remove their files; the new section."""
    version = str(tomllib.loads((top / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    page = (top / "CHANGELOG.md").read_text("utf-8")
    if f"{FIRST}{version}]" in page or not fragments(top):
        raise ValueError(f"{version} is in CHANGELOG.md already, or there is nothing new")
    head, newest, older = page.partition(FIRST)
    made = section(top, version, day)
    (top / "CHANGELOG.md").write_text(f"{head}{made}\n{newest}{older}", "utf-8")
    for path in fragments(top):
        path.unlink()
    return made


if __name__ == "__main__":
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    print(release(TOP, today) if "--release" in sys.argv[1:] else section(TOP, "next", today))
