"""Steps beside each other, what is said of them, which tests are near."""

import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.program import until
from tests.architecture.source_tree import TOP
from tests.steps.changes import nearest
from tests.steps.check_record import CheckRecord
from tests.steps.plan import (
    CHECK,
    CHECK_BUDGET,
    FULL,
    FULL_BUDGET,
    ROOM,
    SERVER,
    CheckStep,
    next_step,
    together,
)
from tests.steps.step_runner import StepOutcome, StepRunner, silence
from tests.steps.steps_report import ended, summary


def python(name: str, code: str, *, load: float = 0.5, budget: int = 30, proof: bool = False) -> CheckStep:
    """A step that runs this code."""
    return CheckStep(name, budget, load, (sys.executable, "-c", code), proof=proof)


def what(outcome: StepOutcome) -> str:
    """All that it said."""
    return Path(outcome.file).read_text(encoding="utf-8")


def test_every_step_runs_a_module_or_a_folder_that_is_there() -> None:
    words = {word for step in (*CHECK, *FULL) for word in step.command}
    places = [word.replace(".", "/") for word in words if word.startswith("tests.")]

    assert len(places) > 6
    assert [
        one for one in places if not any(TOP.glob(f"{one}.py")) and not any(TOP.glob(f"{one}/__main__.py"))
    ] == []
    assert [word for word in words if word.startswith("tests/") and not (TOP / word).exists()] == []


async def run(*steps: CheckStep, **more: Any) -> tuple[list[StepOutcome], list[str]]:
    """How they ended, and what happened in which order."""
    said: list[str] = []
    runner = StepRunner(
        lambda step: said.append(f"+{step.name}"), lambda end: said.append(f"-{end.name}"), **more
    )
    return await runner.run(steps), said


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs and proofs of a run are files in its folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("steps", "most"), [(CHECK, CHECK_BUDGET), (FULL, FULL_BUDGET)])
def test_all_steps_fit_into_what_is_promised(steps: tuple[CheckStep, ...], most: int) -> None:
    assert together(steps) <= most


def test_the_whole_check_has_every_step_of_the_small_one_and_not_less() -> None:
    assert {step.name for step in FULL} >= {step.name for step in CHECK}
    assert [step.name for step in CHECK if step.budget > _of(FULL, step.name).budget] == []


def test_ci_runs_the_command_for_all_tests() -> None:
    assert _of(CHECK, "test").command[:3] == ("./run", "test", "--all")


def test_a_step_begins_beside_others_only_where_it_has_room() -> None:
    big, half, small = (
        CheckStep(name, 1, load, ())
        for name, load in (
            (
                "big",
                1.5,
            ),
            ("half", 1.0),
            ("small", 0.5),
        )
    )

    assert next_step([big, half, small], []) is big
    assert next_step([half, small], [big]) is small
    assert next_step([half], [big]) is None
    assert next_step([CheckStep("all", 1, 9.0, ())], []) is not None
    assert together([big, half, small]) == 2
    assert ROOM == 2.0


async def test_what_waits_runs_beside_what_computes_and_each_says_it_by_itself() -> None:
    code = "import os, sys; print('I am', '{}', os.environ['PYTHONFAULTHANDLER']); open('{}', 'x'); "
    code += "[None for _ in iter(lambda: os.path.exists('{}'), True)]"  # each ends only beside the other one
    one, two = (python(me, code.format(me, me, other)) for me, other in (("one", "two"), ("two", "one")))
    outcomes, said = await run(one, two, python("alone", "", load=2.0))

    assert said[:2] == ["+one", "+two"]
    assert said[4:] == ["+alone", "-alone"]
    assert all(outcome.passed for outcome in outcomes)
    assert sorted(map(what, outcomes)) == ["", "I am one 1\n", "I am two 1\n"]


async def test_a_step_that_fails_is_told_last_and_the_others_are_run() -> None:
    outcomes, _ = await run(
        python("bad", "print('FAILED tests/x.py::test_y'); raise SystemExit(3)"), python("good", "")
    )

    told = summary(outcomes, ["on PostgreSQL skipped: no server"], 100.0, 90)
    assert {outcome.name: outcome.passed for outcome in outcomes} == {"bad": False, "good": True}
    assert re.search(r"bad +FAILED .*\ngood +ok|good +ok .*\nbad +FAILED", told)
    assert "summary (100 s of 90 s  !!! OVER BUDGET !!!)" in told
    assert "on PostgreSQL skipped: no server" in told
    assert told.endswith("1 of 2 steps failed")
    assert told.count("FAILED tests/x.py::test_y") == 2
    assert ended(outcomes[0]).count("\n") >= 1


async def test_a_step_that_hangs_says_where_it_was_fails_and_leaves_nothing_running() -> None:
    outcomes, _ = await run(python("hangs", _HANGS), too_long=once_it_stands)

    said = what(outcomes[0])
    assert not outcomes[0].passed
    assert " in wait" in said
    await until(partial(_gone, int(said.split()[0])), 30.0)


async def test_a_step_that_goes_on_saying_something_does_not_hang_however_late_it_is() -> None:
    sizes, waited = iter([10, 20, 21, 21, 22]), list[float]()

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    await silence(partial(next, sizes), sleep)

    assert len(waited) == 3
    assert next(sizes) == 22


# It says that it stands only once its first thread does.
_HANGS = """
import pathlib, subprocess, sys, threading
stands = "import threading; threading.Event().wait()"
quiet = subprocess.DEVNULL  # of two who say where they are at once, the words would be mixed
print(subprocess.Popen([sys.executable, "-c", stands], stderr=quiet).pid, flush=True)
first, event = threading.get_ident(), threading.Event()

def tell():
    while sys._current_frames()[first].f_code.co_name != "wait":
        event.wait(0.01)
    pathlib.Path("stands").touch()

threading.Thread(target=tell, daemon=True).start()
event.wait()
"""


async def once_it_stands(_step: CheckStep) -> None:
    await until(_stands, 30.0)


async def test_what_a_proof_found_is_kept_and_it_is_told_where_the_server_is() -> None:
    step = CheckStep(
        "a, proof", 30, 1.0, (sys.executable, "-c", "import sys; print(sys.argv[1])", SERVER), proof=True
    )
    outcomes, _ = await run(step, server='{"points": 3}')

    assert outcomes[0].figures == '{"points": 3}'
    assert Path(".cache/proofs/a-proof.json").read_text() == '{"points": 3}\n'  # noqa: ASYNC240 - small
    assert '{"points": 3}' in ended(outcomes[0])


def test_what_has_passed_is_known_after_a_stop_for_the_same_source_only() -> None:
    file = Path("full.json")
    kept = CheckRecord.of("this source", resume=False, file=file)
    kept.keep(StepOutcome("soak", True, 10, 5, 20, "x"))
    kept.keep(StepOutcome("fuzz", False, 10, 5, 20, "x"))

    assert set(CheckRecord.of("this source", resume=True, file=file).outcomes) == {"soak"}
    assert CheckRecord.of("another", resume=True, file=file).outcomes == {}
    assert CheckRecord.of("this source", resume=False, file=file).outcomes == {}


def test_tests_are_nearest_first_and_those_that_do_not_import_it_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(TOP)
    one, two, far = "tests/relay/test_lines.py", "tests/relay/test_render.py", "tests/app/test_logs.py"
    imports = {
        "bot/relay/lines.py": [],
        "bot/app/program.py": ["bot/relay/lines.py"],
        one: ["bot/relay/lines.py"],
        two: ["bot/app/program.py"],
        far: ["bot/other.py"],
        "storage/engine/migrate.py": [],
    }

    assert nearest(["bot/relay/lines.py", "README.md"], imports) == [one, two]
    assert nearest([far], imports) == [far]
    assert nearest(["tests/relay/conftest.py"], imports) == [one, two]
    assert nearest(
        ["storage/migrations/0001_initial.sql"], {**imports, far: ["storage/engine/migrate.py"]}
    ) == [far]


def test_journeys_that_are_on_a_server_in_any_case_are_not_run_there_twice() -> None:
    theirs = re.compile(r"postgres\.emptied\(|[^a-z](single|pair)\(|import cluster")
    found = {
        path.name: "pytestmark = pytest.mark.server" in path.read_text()
        for path in (TOP / "tests/journeys").glob("test_*.py")
        if theirs.search(path.read_text())
    }

    assert [name for name, marked in found.items() if not marked] == []
    assert len(found) >= 5


def _of(steps: tuple[CheckStep, ...], name: str) -> CheckStep:
    return next(step for step in steps if step.name == name)


async def _stands() -> bool:
    return Path("stands").exists()  # noqa: ASYNC240 - it is in memory


async def _gone(process: int) -> bool:
    """It has ended, or is only remembered."""
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] == "Z"  # noqa: ASYNC240 - it is in memory
    except OSError:
        return True
