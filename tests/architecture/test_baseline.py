"""docs/baseline.md names every control of two levels, and evidence that is there."""

import re
import shlex
import subprocess
import sys
from collections import Counter

import pytest

from bot.cli.main import _parser
from tests.architecture.source_tree import TOP

PAGE = (TOP / "docs" / "baseline.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (OSPS-[A-Z]{2}-\d\d\.\d\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
TICKED = re.compile(r"`([^`]+)`")
# What the OpenSSF asks in version 2026.08.28, by family.
LEVEL_1 = {
    "AC": "01.01 02.01 03.01 03.02",
    "BR": "01.01 01.03 03.01 03.02 07.01",
    "DO": "01.01 02.01",
    "GV": "02.01 03.01",
    "LE": "02.01 02.02 03.01 03.02",
    "QA": "01.01 01.02 02.01 04.01 05.01 05.02",
    "VM": "02.01",
}
LEVEL_2 = {
    "AC": "04.01",
    "BR": "02.01 04.01 05.01 06.01",
    "DO": "06.01 07.01",
    "GV": "01.01 01.02 03.02",
    "LE": "01.01",
    "QA": "03.01 06.01",
    "SA": "01.01 02.01 03.01",
    "VM": "01.01 03.01 04.01",
}
# Files that git cannot show as text, and why each is there.
BINARY = (
    r"docs/.*\.webp",  # pictures
    r"bot/text/fonts/LiberationSans-Regular\.ttf",  # for charts; tests/features/money/charts has its hash
    r"bot/model/locales/(de|es)\.mo",  # compiled from the .po files; tests/languages compares
    r"tests/storage/kept/version-0\.1\.0\.sqlite3\.gz",  # a database that test_kept_version takes over
)


def controls(level: dict[str, str]) -> list[str]:
    """Their full names."""
    return [f"OSPS-{family}-{number}" for family, numbers in level.items() for number in numbers.split()]


def commands() -> list[str]:
    """Everything that the page says to run."""
    return sorted(
        {one for *_, evidence in ROWS for one in TICKED.findall(evidence) if one.startswith("./run")}
    )


def test_every_control_has_its_row_in_its_level() -> None:
    first, second = (ROW.findall(part) for part in PAGE.partition("## Level 1")[2].split("## Level 2"))

    assert [name for name, *_ in first] == controls(LEVEL_1)
    assert [name for name, *_ in second] == controls(LEVEL_2)


def test_every_row_is_met_the_owners_or_not_and_they_are_counted() -> None:
    states = Counter(state for _, _, state, _ in ROWS)

    assert set(states) <= {"met", "owner", "not met"}
    assert f"Of {len(ROWS)} rows {states['met']} are met, {states['owner']} are the owner's" in PAGE
    assert re.search(rf"and {states['not met']} (is|are) not met\.", PAGE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_file_that_is_evidence_is_there(row: tuple[str, str, str, str]) -> None:
    name, _asked, state, evidence = row
    ticked = TICKED.findall(evidence)
    files = [
        one for one in ticked if not one.startswith("./run") and re.fullmatch(r"[\w.-]+(/[\w.-]+)*", one)
    ]

    assert [one for one in files if not (TOP / one).exists() and one != "SHA256SUMS"] == []
    if state == "met" and name != "OSPS-QA-04.01":
        assert ticked, "what is met is shown"


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_evidence_does_something(command: str) -> None:
    words = shlex.split(command)[1:]

    if words[0] == "test":
        listed = [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-p",
            "no:cacheprovider",
            *words[1:],
        ]
        found = subprocess.run(listed, cwd=TOP, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout[-500:]
    elif words[0] == "--":
        assert words[1:3] == ["python", "-m"]
        assert (TOP / words[3].replace(".", "/") / "__main__.py").is_file()
    elif words[0] == "check":
        assert words[1:] == ["--list"]
    else:
        with pytest.raises(SystemExit) as ended:
            _parser().parse_args(words)
        assert ended.value.code == 0


def test_there_is_no_binary_but_those_that_have_a_reason() -> None:
    command = [
        "git",
        "diff",
        "--numstat",
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "HEAD",
    ]  # the empty tree
    listed = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout
    found = [line.split("\t")[2] for line in listed.splitlines() if line.startswith("-\t-\t")]

    assert found
    assert [name for name in found if not any(re.fullmatch(one, name) for one in BINARY)] == []
