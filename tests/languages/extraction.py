"""The messages of the source, by the folder whose catalogue has them."""

import ast
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.model.catalogues import COMPILED, FOLDER
from bot.model.language import ENGLISH, LANGUAGES
from tests.architecture.source_tree import TOP, modules

_SAID: Final = {
    "tr": 1,
    "msgid": 1,
    "english": 1,
    "tr_many": 2,
    "msgid_many": 2,
}  # the functions, and how many messages each begins with
COMMENT: Final = "Translators:"  # what such a comment says stands in the catalogue
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != ENGLISH)
_FEATURES: Final = 4  # bot/features/<area>/<feature>
_WIDTH: Final = 100
_NO_DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)
_UNSTEADY: Final = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By)'
    rb':.*\\n"\n',
    re.MULTILINE,
)

Message = str | tuple[str, str]


def catalogue_folder(module: Path) -> Path:
    """The folder whose catalogue has a module's messages: a feature's, an area's of cogs, or one of bot's."""
    parts = module.relative_to(TOP).parts
    depth = _FEATURES if parts[:2] == ("bot", "features") else 2
    return TOP.joinpath(*parts[: min(depth, len(parts) - 1)])


@cache
def templates() -> dict[Path, Catalog]:
    """What is to be translated in each folder that has words."""
    found: dict[Path, Catalog] = {}
    for module in modules("bot", "cogs"):
        folder = catalogue_folder(module)
        for message, comments in messages_of(module.read_text(encoding="utf-8")):
            book = found.setdefault(folder, Catalog(project="fanvue-bridge", fuzzy=False))
            place = (module.relative_to(folder).as_posix(), 0)
            book.add(message, locations=[place], auto_comments=comments)
    return found


def messages_of(source: str) -> Iterator[tuple[Message, Collection[str]]]:
    """Each message of a module, and what is said to translators above it.

    Babel's own extractor leaves out what lies inside another call, such as `tr(names.get(key, tr("none")))`.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAID:
            texts = [text_of(part) for part in node.args[: _SAID[node.func.id]]]
            told = [text for text in texts if text]
            if len(told) == _SAID[node.func.id]:
                yield (told[0] if len(told) == 1 else (told[0], told[1])), _comments(lines, node.lineno - 1)


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _comments(lines: list[str], at: int) -> list[str]:
    above = lines[at - 1].strip() if at else ""
    return [above.partition(COMMENT)[2].strip()] if above.startswith(f"# {COMMENT}") else []


def file_of(folder: Path, language: str) -> Path:
    return folder / FOLDER / f"{language}.po"


def read(folder: Path, language: str) -> Catalog:
    """A folder's catalogue as it is kept; an empty one where there is none."""
    file = file_of(folder, language)
    if not file.exists():
        return Catalog(locale=language, fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def kept_files() -> Iterator[tuple[Path, str]]:
    """Every catalogue that is kept: its folder and its language."""
    for package in ("bot", "cogs"):
        for file in sorted((TOP / package).rglob(f"{FOLDER}/*.po")):
            yield file.parent.parent, file.stem


def write_all() -> int:
    """Bring every catalogue up to the source: translations stay, what nobody says any more goes."""
    wanted = templates()
    for folder, template in wanted.items():
        for language in TRANSLATED:
            book = read(folder, language)
            book.update(template, no_fuzzy_matching=True)
            book.obsolete.clear()
            file = file_of(folder, language)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(_written(book))
    for folder, language in kept_files():
        if folder not in wanted:
            file_of(folder, language).unlink()
    for language in TRANSLATED:
        compiled_file(language).write_bytes(compiled(language))
    return sum(len(template) for template in wanted.values())


def compiled_file(language: str) -> Path:
    return COMPILED / f"{language}.mo"


def compiled(language: str) -> bytes:
    """What the program reads of a language: all folders in one, always the same bytes."""
    joined = Catalog(locale=language, creation_date=_NO_DATE, revision_date=_NO_DATE, fuzzy=False)
    for folder in sorted(templates()):
        for message in read(folder, language):
            if message.id:
                joined.add(message.id, message.string)
    into = BytesIO()
    write_mo(into, joined)
    return into.getvalue()


def _written(book: Catalog) -> bytes:
    book.header_comment = "# The messages of this folder; the source is the English sentence."
    into = BytesIO()
    write_po(into, book, width=_WIDTH, include_lineno=False)
    return _UNSTEADY.sub(b"", into.getvalue())
