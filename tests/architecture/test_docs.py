"""The documents say what the code says."""

import re
from pathlib import Path

from tests.architecture.charters import charters
from tests.architecture.source_tree import PACKAGES, TOP, charter, dotted, modules

LONGEST_CHARTER = 80
REQUIRED = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/fanvue.md")
DECISION = re.compile(r"(\[)?\b[Dd]ecision (\d+)(?(1)\]\(([^)\s]+)\))")
TICKED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(
    r"(?<![\w./-])(?:bot|cogs|storage|tests|benchmarks)/[\w/-]*(?:\.(?:py|(?:de|es-ES)\.json|json|js|sql|txt))?"
)
PICTURE = re.compile(r"!\[[^\]]{40,}\]\(([^)\s]+)\)")  # with words for whoever does not see it
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
INDEXED = re.compile(r"^- \[(\d+)\]\((\d{4}-[^)]+\.md)\): \S.{9,99}$", re.MULTILINE)


def test_every_module_has_a_charter() -> None:
    empty = {path for path in modules("tests") if not path.read_text(encoding="utf-8").strip()}

    assert [
        dotted(path) for path in modules(*PACKAGES, "tests") if path not in empty and not charter(path)
    ] == []


def test_every_charter_is_short() -> None:
    lengths = {dotted(path): len(charter(path)) for path in modules(*PACKAGES, "tests")}

    assert {name: length for name, length in lengths.items() if length > LONGEST_CHARTER} == {}


def test_the_architecture_page_is_a_page() -> None:
    page = (TOP / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert len(page.splitlines()) <= 200


def test_files_that_a_page_names_are_there() -> None:
    """Those of docs/new-feature.md's feature are made by the test that follows the page."""
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]

    gone = [
        f"{page.relative_to(TOP)}: {path}"
        for page in pages
        for ticked in TICKED.findall(page.read_text(encoding="utf-8"))
        for path in PATH.findall(ticked)
        if not (TOP / path).exists() and not (page.name == "new-feature.md" and "/pulse" in path)
    ]

    assert gone == []


def test_the_readme_is_short_and_has_one_small_picture() -> None:
    page = (TOP / "README.md").read_text(encoding="utf-8")

    assert len(page.splitlines()) <= 120
    assert [path.stat().st_size <= 200_000 for path in map(TOP.joinpath, PICTURE.findall(page))] == [True]


def test_the_readme_says_how_the_bot_is_closed_to_strangers() -> None:
    page = (TOP / "README.md").read_text(encoding="utf-8")

    assert "switch *Public Bot* off" in page
    assert "docs/operating.md#close-the-application" in page


def test_every_file_is_printed_with_its_charter() -> None:
    found = dict(charters("bot/text", "storage/money"))

    assert len(found) > 20
    assert found["bot/text/safe_text.py"] == charter(TOP / "bot/text/safe_text.py")


def test_the_documents_that_people_look_for_are_there() -> None:
    assert [name for name in REQUIRED if not (TOP / name).is_file()] == []


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]
    anchors = {page.resolve(): _anchors(page) for page in pages}

    broken = [
        f"{page.relative_to(TOP)}: {path}#{anchor}"
        for page in pages
        for path, anchor in LINK.findall(page.read_text(encoding="utf-8"))
        if not (target := (page.parent / path if path else page).resolve()).exists()
        or (anchor and anchor not in anchors.get(target, ()))
    ]

    assert broken == []


def _anchors(page: Path) -> set[str]:
    """Where a link can lead on a page, as GitHub names its headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_decision_is_in_the_index_once_and_begins_with_its_number() -> None:
    folder = TOP / "docs" / "decisions"
    index = INDEXED.findall((folder / "README.md").read_text(encoding="utf-8"))
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")

    assert sorted(name for _, name in index) == [path.name for path in pages]
    assert [name for number, name in index if int(number) != int(name[:4])] == []
    wrong = [p.name for p in pages if not p.read_text(encoding="utf-8").startswith(f"# {int(p.name[:4])}. ")]
    assert wrong == []


def test_a_decision_that_is_named_is_the_one_that_is_meant() -> None:
    there = {path.name[:4] for path in (TOP / "docs" / "decisions").glob("*-*.md")}
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *modules(*PACKAGES)]

    astray = [
        f"{page.relative_to(TOP)}: decision {number} {target}"
        for page in pages
        for _, number, target in DECISION.findall(page.read_text(encoding="utf-8"))
        if f"{int(number):04d}" not in there or (target and f"{int(number):04d}-" not in target)
    ]

    assert astray == []
