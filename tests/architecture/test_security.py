"""SECURITY.md names a test for each defence, and each of them is there."""

import re

from tests.architecture.source_tree import TOP

PAGE = (TOP / "SECURITY.md").read_text(encoding="utf-8")
THREATS = PAGE.partition("### Threats")[2].partition("### What is not defended")[0]


def rows() -> list[list[str]]:
    """The cells of the threats, without the table's head."""
    lines = [line for line in THREATS.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_threat_has_a_defence_and_a_test_that_is_there() -> None:
    assert len(rows()) >= 20
    for threat, defence, shown_by in rows():
        tests = re.findall(r"`(tests/[\w/]+\.py)`", shown_by)
        assert threat
        assert defence
        assert tests, threat
        assert [name for name in tests if "def test_" not in (TOP / name).read_text(encoding="utf-8")] == []


def test_what_is_not_defended_is_named() -> None:
    names = PAGE.partition("### What is not defended")[2]

    for words in (
        "Discord sees all",
        "Administrators of the Discord server",
        "Root on the host",
        "The operator",
    ):
        assert words in names


def test_how_to_report_comes_first() -> None:
    assert PAGE.index("## How to report") < PAGE.index("## What is stored") < PAGE.index("## Threat model")
