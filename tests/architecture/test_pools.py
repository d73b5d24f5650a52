"""The two pools of `./run test` are all tests, each once."""

from tests.architecture.source_tree import TOP
from tests.pools import WAITING, waits


def test_whatever_is_said_to_wait_is_there() -> None:
    assert [name for name in WAITING if not (TOP / "tests" / name).exists()] == []


def test_a_file_is_in_one_pool_and_the_others_in_the_other() -> None:
    files = list((TOP / "tests").rglob("test_*.py"))
    waiting = [path for path in files if waits(path)]

    assert 30 < len(waiting) < len(files) / 4
    assert waits(TOP / "tests" / "journeys" / "test_demo.py")
    assert not waits(TOP / "tests" / "relay" / "test_replies.py")
