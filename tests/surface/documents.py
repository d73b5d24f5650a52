"""Every sentence of the pages that people wrote, without what is code in them."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP, modules
from tests.surface.sentences import WrittenSentence

MADE: Final = frozenset({"commands.md", "moved-commands.md"})  # printed by a program
CHATTERS: Final = ("chatting.md", "answering.md", "fans.md", "templates.md")
LEADS: Final = (
    *("leading.md", "guard.md", "mass-messages.md", "lists.md", "posts.md", "links.md", "alerts.md"),
    *("earnings.md", "credit.md", "goals.md", "digests.md"),
)
OWNERS: Final = ("owning.md", "teams.md", "policies.md")

_CODE: Final = re.compile(r"`[^`\n]*`")
_TARGET: Final = re.compile(r"\]\([^)\s]*\)")
_ALONE: Final = re.compile(r"\s*(?:\||#|[-*] |\d+\. |```)")  # a line that begins a sentence of its own
_BOLD: Final = re.compile(r"\*\*([^*\n]+)\*\*")


def pages() -> list[Path]:
    """README and what lies in docs; decisions and evidence are of their day and stay as they were."""
    return [TOP / "README.md", *(one for one in sorted((TOP / "docs").glob("*.md")) if one.name not in MADE)]


def sentences_of(name: str, text: str) -> Iterator[WrittenSentence]:
    """A paragraph, a row of a table or an item of a list is one, with the line on which it begins."""
    lines: list[str] = []
    first, fenced = 1, False
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.strip() or fenced or _ALONE.match(line):
            if lines:
                yield WrittenSentence(name, first, _words(" ".join(lines)))
            lines = []
        fenced ^= line.startswith("```")
        if line.strip() and not fenced and not line.startswith("```"):
            first = first if lines else number
            lines.append(line.strip())


def page_sentences(of: Iterable[Path]) -> list[WrittenSentence]:
    """Those of all these pages."""
    return [
        sentence
        for page in of
        for sentence in sentences_of(page.relative_to(TOP).as_posix(), page.read_text(encoding="utf-8"))
    ]


def names_on_the_screen(text: str) -> list[str]:
    """What a page prints bold: there it is a button, a field or a title, and nothing else."""
    return [name.strip(" …") for name in _BOLD.findall(_CODE.sub("…", text))]


@cache
def written_words() -> str:
    """Every text in the source, one word or more."""
    texts = {
        node.value
        for path in modules("bot", "cogs")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return "\n".join(texts)


def _words(line: str) -> str:
    return _TARGET.sub("]", _CODE.sub("…", line))
