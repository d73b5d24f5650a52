"""Sentences of changelog.d become a version of CHANGELOG.md, once."""

import re
from pathlib import Path

import pytest

from bot.model.version import version
from tests.architecture.changelog import AREAS, fragments, release
from tests.architecture.source_tree import TOP

OLD = "# Changelog\n\nWords.\n\n## [0.1.0] - 2026-11-29\n\n- Old.\n"


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(OLD)
    folder = tmp_path / "changelog.d"
    folder.mkdir()
    (folder / "README.md").write_text("How.\n")
    (folder / "money.fees.md").write_text("Fees are\nshown.\n")
    (folder / "inbox.claims.md").write_text("Claims last longer.\n")
    return tmp_path


def test_a_release_puts_them_above_the_newest_version_by_area_and_removes_them(top: Path) -> None:
    release(top, "2026-12-24")

    new = (
        "## [0.2.0] - 2026-12-24\n\n### If you answer fans\n\n- Claims last longer.\n\n"
        "### If you count the money\n\n- Fees are shown.\n\n"
    )
    assert (top / "CHANGELOG.md").read_text() == OLD.replace("## [0.1.0]", f"{new}## [0.1.0]")
    assert [path.name for path in (top / "changelog.d").iterdir()] == ["README.md"]


def test_a_version_is_released_once_and_not_without_anything_new(top: Path) -> None:
    release(top, "2026-12-24")
    with pytest.raises(ValueError, match="already"):
        release(top, "2026-12-25")


def test_a_file_of_no_area_is_named(top: Path) -> None:
    (top / "changelog.d" / "claims.md").write_text("?\n")

    with pytest.raises(ValueError, match=r"claims\.md"):
        release(top, "2026-12-24")


def test_the_changelog_begins_with_this_version_and_is_by_who_it_matters_to() -> None:
    page = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = page.split("\n## [")[1]

    assert newest.startswith(f"{version()}] - ")
    assert set(re.findall(r"^### (.+)$", newest, re.MULTILINE)) <= set(AREAS.values())
    assert len(page.split()) < 2_300, "ten minutes"


def test_the_changelog_begins_with_a_version_and_what_is_new_is_short() -> None:
    page = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    sizes = {path.name: len(path.read_text(encoding="utf-8")) for path in fragments(TOP)}

    assert re.match(r"\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d\n", page.partition("## [")[2])
    assert {name: size for name, size in sizes.items() if not 20 < size < 600} == {}
