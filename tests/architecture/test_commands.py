"""docs/commands.md is what the code says; other pages name commands that exist."""

import re

from tests.architecture.commands import page
from tests.architecture.source_tree import TOP

PAGE = page()
AGAIN = "write it again: ./run -- python -m tests.architecture.commands > docs/commands.md"
KNOWN = set(re.findall(r"^\| `/([a-z -]+)`", PAGE, re.MULTILINE))
BEGUN = {" ".join(name.split()[:count]) for name in KNOWN for count in (1, 2)}
TYPED = re.compile(r"`/([a-z][a-z-]*)( [a-z][a-z-]*)?(?=[` ])")
ADDRESSES = {"healthz", "readyz", "metrics"}  # of the private listener
WRITTEN = [
    TOP / "README.md",
    TOP / "CONTRIBUTING.md",
    *(
        one
        for one in sorted((TOP / "docs").glob("*.md"))
        if one.name not in {"commands.md", "moved-commands.md", "new-feature.md"}
    ),
]


def test_the_page_of_commands_is_what_the_code_says() -> None:
    assert (TOP / "docs" / "commands.md").read_text(encoding="utf-8") == PAGE, AGAIN


def test_every_command_that_a_page_names_is_one() -> None:
    astray = [
        f"{one.name}: /{root}{rest}"
        for one in WRITTEN
        for root, rest in TYPED.findall(one.read_text(encoding="utf-8"))
        if not (root in ADDRESSES | KNOWN or (f"{root}{rest}" if rest else root) in BEGUN)
    ]

    assert len(KNOWN) > 100
    assert astray == []
