"""The two pools of tests are all of them, each once, with workers of its own."""

import subprocess
import sys

from tests.architecture.source_tree import TOP
from tests.pools import WAITING, waits

COMPUTES = "tests/architecture/test_pools.py::test_whatever_is_said_to_wait_is_there"
WAITS = "tests/proofs/cluster_bench/test_cluster.py::test_one_number_of_workers_below_the_bound_does_not_hold"


def test_whatever_is_said_to_wait_is_there() -> None:
    assert [name for name in WAITING if not (TOP / "tests" / name).exists()] == []


def test_a_file_is_in_one_pool_and_the_others_in_the_other() -> None:
    files = list((TOP / "tests").rglob("test_*.py"))
    waiting = [path for path in files if waits(path)]

    assert 30 < len(waiting) < len(files) / 4
    assert waits(TOP / "tests" / "journeys" / "test_demo.py")
    assert waits(TOP / "tests" / "features" / "inbox" / "snooze" / "test_front_door.py")
    assert not waits(TOP / "tests" / "relay" / "test_replies.py")


def test_a_file_goes_to_a_worker_of_its_pool_wherever_it_stands() -> None:
    assert _taken("2", "1") == {WAITS.partition("::")[0]: "[gw0]", COMPUTES.partition("::")[0]: "[gw1]"}


def test_with_more_workers_than_files_none_is_left_out() -> None:
    assert _taken("4", "3").keys() == {WAITS.partition("::")[0], COMPUTES.partition("::")[0]}


def _taken(workers: str, waiting: str) -> dict[str, str]:
    """Which worker passed which file."""
    options = [
        "-n",
        workers,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "--waiting-workers",
        waiting,
        "-v",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, COMPUTES, WAITS],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    passed = [
        line.split() for line in done.stdout.splitlines() if line.startswith("[gw") and "PASSED" in line
    ]
    return {words[-1].partition("::")[0]: words[0] for words in passed}
