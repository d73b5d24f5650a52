"""Which tests were ever red, in which runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.steadiness.__main__ import SteadinessRun, before, beside, found, told

CASES = """<testsuites><testsuite>
<testcase classname="tests.x" name="good"/>
<testcase classname="tests.x" name="bad"><failure message="assert 1 == 2">E  assert 1</failure></testcase>
<testcase classname="tests.x" name="late"><error message="TimeoutError"/></testcase>
<testcase classname="tests.x" name="out"><skipped/></testcase>
</testsuite></testsuites>"""
RACE = """
import asyncio
from datetime import UTC, datetime

from bot.sandbox.discord.world import DiscordWorld


async def look():
    changed = []
    asyncio.get_running_loop().call_soon(changed.append, "the program goes on by itself")
    await DiscordWorld(lambda: datetime.now(UTC), 1, 1.0).until(lambda: True)
    return list(changed)


def test_quick():
    assert asyncio.run(look()) == []
"""


def test_a_test_that_was_red_once_is_named_with_its_runs(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(CASES)
    red = told(tmp_path / "report.xml", 4, 1, 9.5)
    green = SteadinessRun(0, 0, 9.0, 4, 1, {})

    said = {"tests.x::bad": "E  assert 1", "tests.x::late": "TimeoutError"}
    assert red == SteadinessRun(4, 1, 9.5, 4, 1, said)
    assert found([green, red, red])["red"] == {
        name: {"runs": [2, 3], "first": text} for name, text in said.items()
    }
    assert found([green, red, red])["green"] == 1


def test_a_run_without_a_report_is_not_green(tmp_path: Path) -> None:
    assert told(tmp_path / "none.xml", 0, 0, 1.0).code == 1


def test_busy_processes_are_gone_afterwards() -> None:
    with beside(0):
        pass
    with beside(1):
        pass


def test_it_goes_on_after_earlier_runs_of_the_same_and_begins_anew_for_others(tmp_path: Path) -> None:
    asked: dict[str, object] = {"runs": 4, "busy": 2, "tests": ["tests/x"]}
    one = SteadinessRun(0, 1, 9.0, 4, 1, {"tests.x::bad": "E  assert 1"})
    (tmp_path / "kept.json").write_text(json.dumps({"asked": asked, **found([one])}))

    assert before(tmp_path / "kept.json", asked) == [one]
    assert before(tmp_path / "kept.json", {**asked, "tests": []}) == []
    assert before(tmp_path / "none.json", asked) == []


@pytest.mark.parametrize(("slow", "code"), [((), 0), (("--delays", "people"), 1)])
def test_a_race_that_is_always_won_is_lost_where_its_side_is_slow(
    tmp_path: Path, slow: tuple[str, ...], code: int
) -> None:
    (tmp_path / "test_race.py").write_text(RACE)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.steadiness.delays", *slow]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603 - our own words

    assert done.returncode == code, done.stdout.decode()
