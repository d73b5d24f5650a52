"""`python -m tests.architecture.house --json`: the figures of the house, measured.

`files_for_feature`: those that are there and get a line for the feature of docs/new-feature.md, whose code
`test_new_feature` puts into a copy of the tree, starts and counts.
`files_for_option`: those that docs/new-option.md touches; its lines are put into a copy of the tree, which is
linted, started and tested.
`deletable`: how many of the ten features of `leaf_features` can be taken away, each from a copy of its own,
which is then linted, started and tested by what goes through all features and by other areas' tests.
`in_the_way` says why the others cannot; then the exit code is 1. Both take 11 minutes on two busy cores;
`--quick` leaves them out.
`wiring_lines`: of `bot/app` and every `feature.py`, and of what only mirrors features (`uses_*.py`).
`role_names`: files that are named by the way they came about and not by their role.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.architecture.feature_page import touched
from tests.architecture.leaf_features import LEAVES
from tests.architecture.source_tree import PACKAGES, TOP, modules, outline
from tests.architecture.tree_probe import deletable, files_for_option

_ROLELESS = re.compile(r"^(opened|wording|there|wanting|telling)\b|_(wording|there|telling)$|^wording_")


def figures() -> dict[str, int | float]:
    """Every figure that reading the files shows."""
    names = Counter(name for path in modules(*PACKAGES) for name in outline(path).classes)
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
        "longest_function": max(lines for path in modules(*PACKAGES) for _, lines in outline(path).functions),
        "modules": len(lengths),
        "product_lines": sum(lengths),
        "test_lines": sum(length(path) for path in modules("tests")),
    }


def probed() -> dict[str, Any]:
    """What changed copies of the tree show."""
    begun = time.monotonic()
    option, (gone, in_the_way) = files_for_option(), deletable()
    seconds = round(time.monotonic() - begun)
    return {
        "files_for_option": option,
        "deletable": gone,
        "of_features": len(LEAVES),
        "in_the_way": in_the_way,
        "probed_in_seconds": seconds,
    }


def length(path: Path) -> int:
    """In lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def is_wiring(path: Path) -> bool:
    """Whether a module only puts others together, or repeats what they are."""
    folders = path.relative_to(TOP).parts
    return folders[1] == "app" or path.name == "feature.py" or path.stem.startswith("uses_")


def main() -> int:
    """Print them. Exit 1 where a feature cannot be taken away any more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only what reading the files shows")
    parser.add_argument("--json", action="store_true", help="as JSON, for docs/evidence")
    given = parser.parse_args()
    found: dict[str, Any] = dict(figures())
    if not given.quick:
        found |= probed()
    if given.json:
        print(json.dumps(found))
    else:
        for name, figure in found.items():
            print(f"{name:28} {figure}")
    return 1 if found.get("in_the_way") else 0


if __name__ == "__main__":
    sys.exit(main())
