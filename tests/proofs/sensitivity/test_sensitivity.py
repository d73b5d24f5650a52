"""Two seeded bugs are caught, and what is no proof counts as none."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.proofs.sensitivity.__main__ import run
from tests.proofs.sensitivity.bugs import BUGS, QUICK
from tests.proofs.sensitivity.program_forks import warm
from tests.proofs.sensitivity.proofs import REPORT, FigureProof, ProgramEnd, ProofMeaning, SelectedTests
from tests.proofs.sensitivity.result_memory import BugResult, ResultMemory
from tests.proofs.sensitivity.seeded_source import (
    ROOT,
    DoesNotApply,
    Edit,
    apply,
    copy_source,
    place,
    program,
)

COUNTS = FigureProof("tests.proofs.soak", (), ("lost", "points - survived"), cost=1.0)


async def test_two_quick_bugs_are_caught() -> None:
    said: list[str] = []

    results = await run([bug for bug in BUGS if bug.name in QUICK], said.append)

    assert [(result.name, result.caught) for result in results] == [(name, True) for name in QUICK], said


async def test_two_that_run_at_once_in_one_tree_each_have_their_own_words(tmp_path: Path) -> None:
    tree = copy_source(tmp_path / "tree")
    for word in ("one", "other"):
        (tree / f"{word}.py").write_text(f"print('{word}')\n")

    async with warm() as forks:
        ended = await asyncio.gather(
            *(forks.ended(tree, [sys.executable, "-m", word]) for word in ("one", "other"))
        )

    assert [one.out for one in ended] == ["one\n", "other\n"]


def test_every_patch_fits_the_program_exactly_once() -> None:
    texts = program(ROOT)

    for bug in BUGS:
        for edit in bug.edits:
            place(edit, texts)


def test_every_bug_has_a_name_of_its_own_and_a_proof() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 16
    assert all(bug.proofs for bug in BUGS)


@pytest.mark.parametrize("text", ["", "twice twice"])
def test_a_patch_that_does_not_fit_is_no_bug(tmp_path: Path, text: str) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "module.py").write_text(text)

    with pytest.raises(DoesNotApply, match="not once: twice"):
        apply(tmp_path, Edit("twice", "once"))


def test_a_patch_finds_its_file_wherever_it_was_moved(tmp_path: Path) -> None:
    (tmp_path / "cogs" / "deeper").mkdir(parents=True)
    moved = tmp_path / "cogs" / "deeper" / "another.py"
    moved.write_text("def told():\n    return True\n")

    apply(tmp_path, Edit("return True", "return False"))

    assert moved.read_text() == "def told():\n    return False\n"


@pytest.mark.parametrize(
    ("code", "case", "meaning"),
    [
        (0, "", ProofMeaning.GREEN),
        (0, "<skipped/>", ProofMeaning.BROKEN),
        (1, "<failure message='assert 1 == 2'/>", ProofMeaning.CAUGHT),
        (1, "<failure message='Failed: DID NOT RAISE'/>", ProofMeaning.CAUGHT),
        (1, "<failure message='TypeError: no such argument'/>", ProofMeaning.BROKEN),
        (1, "<error message='ImportError: no such module'/>", ProofMeaning.BROKEN),
        (4, "", ProofMeaning.BROKEN),
        (None, "", ProofMeaning.BROKEN),
    ],
)
def test_only_an_assertion_that_failed_has_caught_a_bug(
    tmp_path: Path, code: int | None, case: str, meaning: ProofMeaning
) -> None:
    (tmp_path / REPORT).write_text(f"<testsuite><testcase name='one'>{case}</testcase></testsuite>")

    assert SelectedTests(("tests/x.py",)).meaning(ProgramEnd(code, "", "", tmp_path)).meaning is meaning


@pytest.mark.parametrize(
    ("code", "figures", "meaning"),
    [
        (0, {"lost": 0, "points": 2, "survived": 2}, ProofMeaning.GREEN),
        (1, {"lost": 3, "points": 2, "survived": 2}, ProofMeaning.CAUGHT),
        (1, {"lost": 0, "points": 2, "survived": 1}, ProofMeaning.CAUGHT),
        (1, {"lost": 0, "points": 0, "survived": 0}, ProofMeaning.BROKEN),
        (0, {"lost": 3, "points": 2, "survived": 2}, ProofMeaning.BROKEN),
        (1, {"other": 3}, ProofMeaning.BROKEN),
    ],
)
def test_only_a_figure_that_must_be_nothing_has_caught_a_bug(
    tmp_path: Path, code: int, figures: dict[str, int], meaning: ProofMeaning
) -> None:
    assert COUNTS.meaning(ProgramEnd(code, json.dumps(figures), "", tmp_path)).meaning is meaning


@pytest.mark.parametrize(
    ("last", "meaning"),
    [
        ("    | AssertionError: “money” goes wrong undisturbed\n    +-----\n", ProofMeaning.CAUGHT),
        ("AssertionError\n", ProofMeaning.BROKEN),
        ("ImportError: no such module\n", ProofMeaning.BROKEN),
        ("", ProofMeaning.BROKEN),
    ],
)
def test_a_program_that_ends_without_figures_has_caught_only_what_it_says(
    tmp_path: Path, last: str, meaning: ProofMeaning
) -> None:
    assert COUNTS.meaning(ProgramEnd(1, "", last, tmp_path)).meaning is meaning


def test_what_was_caught_is_remembered_for_the_same_source_only(tmp_path: Path) -> None:
    memory = ResultMemory(tmp_path / "state.json", "tree")
    memory.keep(BugResult("one", caught=True, words="by a test", seconds=1.0))
    memory.keep(BugResult("two", caught=False, words="", seconds=1.0))

    assert set(ResultMemory.read(memory.file, "tree").results) == {"one"}
    assert ResultMemory.read(memory.file, "another").results == {}
    assert ResultMemory.read(tmp_path / "none.json", "tree").results == {}
