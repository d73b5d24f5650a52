"""The floors of coverage hold, and a folder that nobody measured does not pass."""

from typing import Any

from tests.coverage_floors import FLOOR, FOLDERS, shares


def report(**files: tuple[int, int]) -> dict[str, Any]:
    """A report as coverage writes it: per file, how much of how much was covered."""
    return {
        "files": {
            name.replace("__", "/"): {
                "summary": {
                    "num_statements": whole - 2,
                    "covered_lines": covered - 1,
                    "num_branches": 2,
                    "covered_branches": 1,
                }
            }
            for name, (covered, whole) in files.items()
        }
    }


def test_a_folder_is_measured_over_all_its_files() -> None:
    found = shares(report(storage__a=(100, 100), storage__deep__b=(80, 100), bot__cli=(1, 100)))

    assert found["storage"] == 90.0


def test_a_folder_that_was_not_measured_has_nothing() -> None:
    assert shares(report(bot__relay__a=(10, 10))) == {
        "storage": 0.0,
        "bot/engine": 0.0,
        "bot/relay": 100.0,
        "bot/features/people/accounts": 0.0,
    }


def test_a_folder_whose_name_only_begins_alike_does_not_count() -> None:
    assert shares(report(storage_old__a=(10, 10)))["storage"] == 0.0


def test_what_needs_a_server_counts_only_where_there_is_one() -> None:
    def storage(covered: int) -> float:
        files = report(
            storage__a=(95, 100),
            storage__engine__database_owner=(3, 100),
            storage__engine__postgres=(covered, 100),
        )
        return shares({"files": {f"{name}.py": one for name, one in files["files"].items()}})["storage"]

    assert storage(10) == 95.0
    assert storage(90) < 90


def test_the_floors_are_those_of_the_house_rules() -> None:
    assert (FLOOR, FOLDERS) == (90.0, ("storage", "bot/engine", "bot/relay", "bot/features/people/accounts"))
