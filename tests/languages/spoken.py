"""A real language, said so that people and tests read it in English.

Each message that the bridge says carries an invisible number, and so does each part that is filled in. The
listener at Discord's stand-in puts the English sentence in its place, and `SpokenWords` keeps what a
reader of that language has.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from typing import Any, Final

from bot.model import catalogues
from bot.model.command_names import in_english
from tests.languages.extraction import templates
from tests.languages.marked import in_dollars
from tests.languages.stretched import StretchedWords

_MESSAGE: Final = 0xF0000  # planes for private use: nobody types these, and a font has none of them
_PART: Final = 0x100000
_END: Final = chr(0x10FFFD)  # kept where signs that cannot be seen are taken out, as the beginnings are
_BUTTON: Final = re.compile(r"(<button[^>]*>)([^<]+)(?=</button>)")
_FILLED: Final = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


@cache
def _sentences() -> tuple[str, ...]:
    """Every English sentence; its place is its number."""
    ids = [one.id for template in templates().values() for one in template if one.id]
    said = {one for message in ids for one in ([message] if isinstance(message, str) else message)}
    return tuple(sorted({*said, *(label for one in said for _tag, label in _BUTTON.findall(one))}))


@cache
def _numbers() -> Mapping[str, int]:
    return {sentence: number for number, sentence in enumerate(_sentences())}


@cache
def _parts(sentence: str) -> tuple[str, ...]:
    return tuple(sorted(set(_FILLED.findall(sentence))))


class NumberedTranslations(NullTranslations):
    """Says each message in its language, with its number and those of its parts."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._book = catalogues.catalogue(language)
        self._catalog = dict.fromkeys(_sentences(), "")

    def gettext(self, message: str) -> str:
        return self._numbered(message, self._book.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._numbered(msgid1 if n == 1 else msgid2, self._book.ngettext(msgid1, msgid2, n))

    def _numbered(self, english: str, said: str) -> str:
        if (number := _numbers().get(english)) is None:
            return said
        if labels := [label for _tag, label in _BUTTON.findall(english)]:  # a page, with gaps of its own
            return _BUTTON.sub(lambda match: f"{match[1]}{_numbered_label(labels.pop(0), match[2])}", said)
        places = {name: place for place, name in enumerate(_parts(english))}

        def part(match: re.Match[str]) -> str:
            place = places.get(match[1])
            return match[0] if place is None else f"{chr(_PART + place)}{match[0]}{_END}"

        return f"{chr(_MESSAGE + number)}{_FILLED.sub(part, said)}{_END}"


def _numbered_label(english: str, said: str) -> str:
    """The label of a button of a page, whose whole body is one message."""
    return f"{chr(_MESSAGE + _numbers()[english])}{said}{_END}"


class SpokenWords(StretchedWords):
    """Gives English to who listens to the stand-in, and keeps what is said in the language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def speak(self, language: str) -> None:
        """Have this language said with numbers from here on, in this process and those forked from it."""
        catalogues.try_on(language, NumberedTranslations(language))

    def plain(self, text: str) -> str:
        """What people and tests read of it: English."""
        return in_dollars(_english(text, self._language))

    def _keep(self, text: str) -> None:
        if (said := self.shown_as(text)) != (plain := self.plain(text)):
            self.longer[plain] = said

    def shown_as(self, text: str) -> str:
        """The text as its reader has it."""
        return "".join(letter for letter in text if ord(letter) < _MESSAGE)


def _english(text: str, language: str) -> str:
    """The same in English; what was cut off at its end is there as far as it was said."""
    opened: list[tuple[int, str, dict[int, str]]] = [(0, "", {})]  # sign, what is in it, its parts
    for letter in [*text, *(_END for one in text if ord(one) >= _MESSAGE)]:
        if ord(letter) < _MESSAGE:
            sign, inside, parts = opened[-1]
            opened[-1] = (sign, inside + letter, parts)
        elif letter != _END:
            opened.append((ord(letter), "", {}))
        elif len(opened) > 1:
            sign, inside, parts = opened.pop()
            above, before, filled = opened[-1]
            if sign >= _PART:
                filled[sign - _PART] = inside
            else:
                inside = _sentence(sign - _MESSAGE, parts, language)
            opened[-1] = (above, before + inside, filled)
    return opened[0][1]


def _sentence(number: int, parts: Mapping[int, str], language: str) -> str:
    sentence = _sentences()[number]
    if not parts:
        return sentence
    filled: dict[str, Any] = defaultdict(str)
    for place, name in enumerate(_parts(sentence)):
        said = parts.get(place, "")
        filled[name] = in_english(said, language) if name == "command" else said
    return sentence.format_map(filled)
