"""Catalogues of messages: GNU gettext, one a folder, joined by language."""

import re
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

FOLDER: Final = "locales"  # in each folder that has words: its catalogues, to be translated
COMPILED: Final = (
    Path(__file__).parent / FOLDER
)  # all of a language in one, as `tests.languages --write` makes it
_PART: Final = re.compile(r"\{\w+\}")
_TELLING: Final = 12  # letters by which a sentence is known, at least
_books: dict[str, NullTranslations] = {}
_tried_on: dict[str, NullTranslations] = {}


def catalogue(language: str) -> NullTranslations:
    """All messages of a language; what it does not have stays English."""
    if (book := _tried_on.get(language) or _books.get(language)) is None:
        book = _books[language] = _read(language)
    return book


def is_open(language: str) -> bool:
    """Whether its file is read."""
    return language in _tried_on or language in _books


def try_on(language: str, book: NullTranslations) -> None:
    """Have a language that is in no file, such as a pseudo-locale of the tests."""
    _tried_on[language] = book
    _filled_messages.cache_clear()


def take_off(language: str) -> None:
    """Have its files again."""
    _tried_on.pop(language, None)
    _filled_messages.cache_clear()


def message_of(language: str, sentence: str) -> tuple[str, dict[str, str]] | None:
    """The message of a sentence whose parts are filled in, and these; the longest that fits."""
    for head, tail, message in _filled_messages(language):
        if sentence.startswith(head) and sentence.endswith(tail):
            found = _pattern(message).fullmatch(sentence)
            if found:
                return message, found.groupdict()
    return None


@cache
def _filled_messages(language: str) -> list[tuple[str, str, str]]:
    """All that have parts, each with how it begins and ends."""
    known = [one for one in vars(catalogue(language)).get("_catalog", ()) if isinstance(one, str)]
    filled = [one for one in known if len(_PART.sub("", one)) >= _TELLING and _PART.search(one)]
    pieces = [(_PART.split(one), one) for one in sorted(filled, key=len, reverse=True)]
    return [(_plain(parts[0]), _plain(parts[-1]), one) for parts, one in pieces]


@lru_cache(maxsize=256)
def _pattern(message: str) -> re.Pattern[str]:
    seen: set[str] = set()
    made = ""
    for piece in re.split(r"(\{\w+\})", message):
        name = piece[1:-1] if _PART.fullmatch(piece) else None
        if name is None:
            made += re.escape(_plain(piece))
        else:
            made += f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
    return re.compile(made, re.DOTALL)


def _plain(piece: str) -> str:
    return piece.replace("{{", "{").replace("}}", "}")


def _read(language: str) -> NullTranslations:
    file = COMPILED / f"{language}.mo"
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as source:
        return GNUTranslations(source)
