"""Finds a search's words in a text, and the text around them (pure)."""

import unicodedata

from bot.text.graphemes import letter_end
from bot.text.safe_text import plain
from storage.engine.confusables import folded

_BEFORE = 3  # a third of the room is for what stands before the words


def bare(text: str) -> str:
    """A text without case, accents and doubled spaces."""
    return " ".join(_letters(text).split())


def around(text: str, wanted: str, most: int) -> str:
    """So much of a text, on one line, that the words looked for are in it; plain, not yet made safe.

    `wanted` is bare. Words that cannot be placed leave the beginning.
    """
    line = " ".join(plain(text).split())
    if len(line) <= most:
        return line
    found = _place(line, wanted)
    start = max(min(found - most // _BEFORE, len(line) - most), 0)
    start = line.find(" ", start, found) + 1 or start if start else 0
    start = letter_end(line, start) if start else 0
    end = letter_end(line, start + most) if start + most < len(line) else len(line)
    return ("… " if start else "") + line[start:end].strip() + (" …" if end < len(line) else "")


def _place(line: str, wanted: str) -> int:
    """At which character of a line the words begin; 0 where they cannot be placed."""
    letters, places = "", []
    for place, char in enumerate(line):
        added = _letters(char)
        letters += added
        places += [place] * len(added)
    found = letters.find(wanted)
    return places[found] if found >= 0 else 0


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", folded(text))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
