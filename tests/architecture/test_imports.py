"""Who may import whom, who may catch everything, and names that say nothing."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source_tree import PACKAGES, TOP, dotted, imported, modules

# House rule 12: the top-level places that may catch everything, each with its reason.
CATCH_ALL = {
    "bot.features.operations.doctor.check_runner": (
        "a check that breaks must not hide the others; what it found is told as unknown"
    ),
    "bot.discord.error_handling": "the error handler of buttons and modals: a person always gets an answer",
    "bot.relay.inbox_processor": "one fact that cannot be decided is parked, the creator's others go on (B4)",
    "bot.engine.dispatch": "a fault in one stream must not stop the others",
    "bot.features.operations.draft_rules.runner": "a draft that breaks must not keep the others from leaving",
    "bot.engine.supervision": "no background task may die in silence or take the others along (F12)",
    "storage.engine.unit_of_work": "one piece is undone, whatever ended it, and its error goes to the caller",
}


def test_the_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_program_never_imports_its_tests() -> None:
    found = [
        dotted(path)
        for path in modules(*PACKAGES)
        for name in imported(path)
        if name.partition(".")[0] == "tests"
    ]

    assert found == []


def test_only_the_named_places_catch_everything() -> None:
    found = {dotted(path) for path in modules(*PACKAGES) if _catches_all(path)}

    assert found - set(CATCH_ALL) == set()


def _catches_all(path: Path) -> bool:
    """Whether it has a handler for everything that does not end in a raise (a roll-back does)."""
    handlers = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    )
    return any(
        (handler.type is None or _name(handler.type) in {"Exception", "BaseException"})
        and not isinstance(handler.body[-1], ast.Raise)
        for handler in handlers
    )


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        path.relative_to(TOP).as_posix()
        for path in modules(*PACKAGES, "tests")
        if FORBIDDEN_NAMES & {path.stem, *path.parent.relative_to(TOP).parts}
    ]

    assert found == []
