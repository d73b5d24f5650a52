"""All tests are run once, those that start programs by workers of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree_probe import copied_tree, run_in

_FILES = {"test_a": 1, "test_b": 3, "test_c": 1, "test_d": 5}  # of each so many tests
_LISTED = ("test_c", "test_b")


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    with copied_tree() as top:
        folder = top / "tests" / "made"
        folder.mkdir()
        for name, count in _FILES.items():
            tests = "\n\n".join(f"def test_{number}() -> None:\n    pass\n" for number in range(count))
            (folder / f"{name}.py").write_text(tests, encoding="utf-8")
        with (top / "tests" / "programs.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"made/{name}.py\n" for name in _LISTED)
        yield top


def test_a_file_that_starts_programs_goes_to_a_worker_for_such_the_longest_first(made: Path) -> None:
    passed = _passed(made, workers=2, for_programs=1)

    files = list(dict.fromkeys(file for worker, file in passed if worker == "[gw0]"))
    assert files[0] == "test_c"
    assert set(files) <= set(_LISTED)
    assert next(file for worker, file in passed if worker == "[gw1]") == "test_d"


@pytest.mark.parametrize(("workers", "for_programs"), [(2, 1), (5, 3), (8, 7)])
def test_whatever_the_workers_each_test_is_run_once(made: Path, workers: int, for_programs: int) -> None:
    passed = [file for _, file in _passed(made, workers, for_programs)]

    assert {file: passed.count(file) for file in _FILES} == _FILES


def _passed(top: Path, workers: int, for_programs: int) -> list[tuple[str, str]]:
    """Worker and file of each test that passed, in order."""
    options = ("-n", str(workers), "--dist", "loadfile", "--program-workers", str(for_programs), "-v")
    done = run_in(top, ("python", "-m", "pytest", "-p", "no:cacheprovider", *options, "tests/made"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    words = [line.split() for line in done.stdout.splitlines() if line.startswith("[gw") and "PASSED" in line]
    return [(word[0], Path(word[-1].partition("::")[0]).stem) for word in words]
