"""The documents say what the code says."""

import re

from tests.architecture.charters import charters
from tests.architecture.tree import PACKAGES, TOP, charter, dotted, modules

LONGEST_CHARTER = 80
REQUIRED = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/fanvue.md")
DECISION = re.compile(r"(\[)?\b[Dd]ecision (\d+)(?(1)\]\(([^)\s]+)\))")
PATH = re.compile(r"`((?:bot|cogs|storage|tests)/[\w/]+(?:\.py)?)/?`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)\s]*)?\)")


def test_every_module_has_a_charter() -> None:
    empty = {path for path in modules("tests") if not path.read_text(encoding="utf-8").strip()}

    assert [
        dotted(path) for path in modules(*PACKAGES, "tests") if path not in empty and not charter(path)
    ] == []


def test_every_charter_is_short() -> None:
    lengths = {dotted(path): len(charter(path)) for path in modules(*PACKAGES, "tests")}

    assert {name: length for name, length in lengths.items() if length > LONGEST_CHARTER} == {}


def test_the_architecture_page_is_a_page_and_names_what_is_there() -> None:
    page = (TOP / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert len(page.splitlines()) <= 200
    assert [path for path in PATH.findall(page) if not (TOP / path).exists()] == []


def test_every_file_is_printed_with_its_charter() -> None:
    found = dict(charters("bot/text", "storage/money"))

    assert len(found) > 20
    assert found["bot/text/safe_text.py"] == charter(TOP / "bot/text/safe_text.py")


def test_the_documents_that_people_look_for_are_there() -> None:
    assert [name for name in REQUIRED if not (TOP / name).is_file()] == []


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]

    broken = [
        f"{page.relative_to(TOP)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_a_decision_that_is_named_is_the_one_that_is_meant() -> None:
    there = {path.name[:4] for path in (TOP / "docs" / "decisions").glob("*.md")}
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *modules(*PACKAGES)]

    astray = [
        f"{page.relative_to(TOP)}: decision {number} {target}"
        for page in pages
        for _, number, target in DECISION.findall(page.read_text(encoding="utf-8"))
        if f"{int(number):04d}" not in there or (target and f"{int(number):04d}-" not in target)
    ]

    assert astray == []
