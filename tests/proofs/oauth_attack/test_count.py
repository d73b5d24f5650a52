"""Twenty-five attacks: one test each, none is missing, none counts twice."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.proofs.oauth_attack.cases import CASES

HERE = Path(__file__).resolve().parent
MARK = "pytest.mark.oauth_attack"


def marked(folder: Path) -> Iterator[tuple[str, str]]:
    """Every use of the mark below a folder: the case that it names, and the test."""
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                        yield str(ast.literal_eval(mark.args[0])), node.name


def uses(folder: Path) -> int:
    """How often the mark is written at all, on whole modules too."""
    files = [file for file in folder.rglob("*.py") if file != Path(__file__).resolve()]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return sum(ast.unparse(node) == MARK for node in found)


def test_there_are_twenty_five_attacks_and_each_is_one_test() -> None:
    assert len(CASES) == len(set(CASES.values())) == 25
    assert sorted(marked(HERE)) == sorted(CASES.items())


def test_the_mark_is_used_nowhere_else_and_on_no_test_that_counts_more_than_once() -> None:
    assert uses(HERE.parent) == 25
    several = [
        node.name
        for file in HERE.glob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any("parametrize" in ast.unparse(mark) for mark in node.decorator_list)
    ]
    assert several == []
