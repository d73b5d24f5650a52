"""docs/commands.md is what the code says; other pages name commands that exist."""

import re

from tests.architecture.commands import command_entries, page
from tests.architecture.source_tree import TOP

PAGE = page()
AGAIN = "write it again: ./run -- python -m tests.architecture.commands > docs/commands.md"
KNOWN = set(re.findall(r"^\| `/([a-z -]+)`", PAGE, re.MULTILINE))
BEGUN = {" ".join(name.split()[:count]) for name in KNOWN for count in (1, 2)}
TYPED = re.compile(r"`/([a-z][a-z-]*)( [a-z][a-z-]*)?(?=[` ])")
WHOLE = re.compile(r"`/([a-z][a-z -]*)((?: [a-z][a-z_-]*:[^`]*)?)`")  # words, then options
OPTION = re.compile(r" ([a-z][a-z_-]*):")
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


def test_every_option_that_a_page_names_is_one_of_its_command() -> None:
    options = {one.key: {option for option, _, _ in one.options} for one in command_entries()}
    known = {" ".join(key.split()[:count]) for key in options for count in (1, 2, 3)}
    named = [
        (one.name, words, set(OPTION.findall(typed)))
        for one in WRITTEN
        for words, typed in WHOLE.findall(one.read_text(encoding="utf-8"))
        if words not in ADDRESSES
    ]

    astray = [
        f"{name}: /{words} {' '.join(sorted(typed))}".rstrip()
        for name, words, typed in named
        if words not in known or typed - options.get(words, set())
    ]

    assert sum(len(typed) for _, _, typed in named) > 50
    assert astray == []
