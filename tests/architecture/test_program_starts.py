"""What starts a program is known, so that the tests without programs stay quick."""

import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree_probe import copied_tree, run_in
from tests.program_starts import TESTS, listed, place_of

_STARTS = (
    "import subprocess, sys\n\n\ndef test_one() -> None:\n    subprocess.run([sys.executable, '-c', ''])\n"
)
_FORKS = "from tests.warm_forks import forked\n\n\ndef test_one() -> None:\n    forked(print).join()\n"
_NONE = "def test_one() -> None:\n    pass\n"


def test_whatever_is_listed_is_there_and_nothing_twice() -> None:
    assert [path for path in listed() if not path.exists()] == []
    assert [path for path in listed() if any(one in path.parents for one in listed())] == []
    assert len(set(listed())) == len(listed())


def test_a_file_is_known_to_start_programs_or_not_to() -> None:
    assert place_of(TESTS / "journeys" / "test_demo.py") is not None
    assert place_of(TESTS / "features" / "inbox" / "snooze" / "test_front_door.py") is None
    assert place_of(TESTS / "relay" / "test_replies.py") is None


@pytest.mark.parametrize("text", [_STARTS, _FORKS], ids=["a program", "a fork"])
def test_a_file_that_starts_a_program_is_red_until_it_is_listed(text: str) -> None:
    with copied_tree() as top:
        (top / "tests" / "test_new.py").write_text(text, encoding="utf-8")
        red = _pytest(top, "tests/test_new.py")
        with (top / "tests" / "programs.txt").open("a", encoding="utf-8") as file:
            file.write("test_new.py\n")
        green = _pytest(top, "tests/test_new.py")

    assert red.returncode == 1
    assert "add the line test_new.py to tests/programs.txt" in red.stdout
    assert green.returncode == 0, green.stdout


def test_without_programs_a_listed_file_is_not_even_read() -> None:
    with copied_tree() as top:
        folder = top / "tests" / "made"
        folder.mkdir()
        for name, text in {"test_a": _STARTS, "test_b": _NONE}.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        with (top / "tests" / "programs.txt").open("a", encoding="utf-8") as file:
            file.write("made/test_a.py\n")
        done = _pytest(top, "--no-programs", "tests/made")

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "./run test --all has them too" in done.stdout


def _pytest(top: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_in(top, ("python", "-m", "pytest", "-p", "no:cacheprovider", *words))
