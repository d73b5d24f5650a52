"""The program: one seed is one evening; what is left out is left out."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.architecture.source_tree import TOP
from tests.simulation.plans import Plan
from tests.simulation.shortening import again, numbers, ranges

_SMALL = ("--creators", "2", "--fans", "3")


def test_an_evening_ends_well_and_is_the_same_a_second_time() -> None:
    told = _told(
        "--seed", "6", "--events", "30", "--creators", "2", "--fans", "3", "--every", "8", "--pairs", "1"
    )

    assert (told["failed"], told["pairs"], told["equal"]) == (0, 1, 1)
    assert told["events"] > 10
    assert sum(told["drawn"].values()) > 10


def test_another_seed_is_another_evening_and_calm_ones_draw_nothing() -> None:
    size = ("--events", "12", "--creators", "1", "--fans", "2", "--no-weather", "--no-moods", "--quiet", "1")
    told = _told("--seed", "3", "--seeds", "2", *size)

    assert (told["seeds"], told["failed"], told["deaths"]) == (2, 0, 0)
    assert {name: often for name, often in told["drawn"].items() if often} == {}


@pytest.mark.parametrize("text", ["", "4", "1-3", "1-3,7,9-10"])
def test_ranges_are_read_as_they_are_written(text: str) -> None:
    assert ranges(numbers(text)) == text


def test_a_story_ends_with_the_command_that_tells_it_again() -> None:
    plan = Plan(7, 40, houses=2, weather=False, quiet=frozenset({1, 2}), left_out=frozenset({0, 1, 5}))

    assert again(plan) == (
        "./run -- python -m tests.simulation --seed 7 --events 40 --creators 2 --no-weather --quiet 1-2 "
        "--leave-out 0-1,5"
    )


def _told(*options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation", *options, "--stories", "0", "--jobs", "1", "--json"],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
