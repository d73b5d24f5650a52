"""`python -m tests.architecture.house --json`: the figures of the house, measured.

`files_for_feature`: those that are there and get a line for the feature of docs/new-feature.md, whose code
`test_new_feature` puts into a copy of the tree, starts and counts.
`wiring_lines`: of `bot/app` and every `feature.py`, and of what only mirrors features (`uses_*.py`).
`role_names`: files that are named by the way they came about and not by their role.
"""

import argparse
import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.feature_page import touched
from tests.architecture.source_tree import PACKAGES, TOP, modules

_ROLELESS = re.compile(r"^(opened|wording|there|wanting|telling)\b|_(wording|there|telling)$|^wording_")


def figures() -> dict[str, int | float]:
    """Every figure that reading the files shows."""
    names = Counter(node.name for path in modules(*PACKAGES) for node in classes(path))
    shared = sum(count for count in names.values() if count > 1)
    lengths = [length(path) for path in modules(*PACKAGES)]
    return {
        "entries_in_bot": len({path.relative_to(TOP / "bot").parts[0] for path in modules("bot")}),
        "files_for_feature": touched()[1],
        "classes": names.total(),
        "ambiguous_classes_percent": round(100 * shared / names.total(), 1),
        "role_names": sum(1 for path in modules(*PACKAGES) if _ROLELESS.search(path.stem)),
        "wiring_lines": sum(length(path) for path in modules("bot") if is_wiring(path)),
        "importlinter_lines": length(TOP / ".importlinter"),
        "architecture_lines": length(TOP / "docs" / "architecture.md"),
        "longest_module": max(lengths),
        "longest_function": max(node_length(node) for path in modules(*PACKAGES) for node in functions(path)),
        "modules": len(lengths),
        "product_lines": sum(lengths),
        "test_lines": sum(length(path) for path in modules("tests")),
    }


def length(path: Path) -> int:
    """In lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """Every class of a module, nested ones too."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return (node for node in nodes if isinstance(node, ast.ClassDef))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def node_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """In lines."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_wiring(path: Path) -> bool:
    """Whether a module only puts others together, or repeats what they are."""
    folders = path.relative_to(TOP).parts
    return folders[1] == "app" or path.name == "feature.py" or path.stem.startswith("uses_")


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON, for docs/evidence")
    found = figures()
    if parser.parse_args().json:
        print(json.dumps(found, indent=2))
        return
    for name, figure in found.items():
        print(f"{name:28} {figure:g}")


if __name__ == "__main__":
    main()
