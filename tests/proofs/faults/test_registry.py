"""No row of the catalogue is forgotten, no test of it is unknown."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.proofs.faults.fault_registry import ROWS

SIZES = {"A": 11, "B": 7, "C": 13, "D": 11, "E": 6}
CATALOGUE = {f"{part}{number}" for part, size in SIZES.items() for number in range(1, size + 1)}
CATALOGUE |= {"F7", "F8", "F9", "F11", "F12"}


def marked() -> dict[str, set[str]]:
    """The tests of this folder by the rows that they are marked with, as they are written."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for row in rows_of(node):
                found[row].add(node.name)
    return found


def rows_of(test: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The rows in a test's mark."""
    calls = [mark for mark in test.decorator_list if isinstance(mark, ast.Call)]
    faults = [call for call in calls if ast.unparse(call.func) == "pytest.mark.fault"]
    return [str(ast.literal_eval(arg)) for call in faults for arg in call.args]


def test_every_row_has_its_tests_or_the_issue_that_brings_them() -> None:
    assert set(ROWS) == CATALOGUE
    assert [name for name, row in ROWS.items() if not row.tests and not row.issue] == []


def test_the_registry_names_exactly_the_tests_that_are_marked() -> None:
    assert marked() == {name: set(row.tests) for name, row in ROWS.items() if row.tests}


def test_what_an_issue_brings_is_named_by_its_letter() -> None:
    issues = [row.issue for row in ROWS.values() if row.issue]

    assert all(issue[0] in "CDEFGH" and issue[1:3] == ": " for issue in issues)
