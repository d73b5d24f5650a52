"""The readings of each sign: look-alikes, leetspeak, hidden signs (pure)."""

import functools
import re
import unicodedata
from dataclasses import dataclass

from storage.engine.confusable_letters import CAPITALS, LETTERS

_LEET = {
    "0": "o",
    "1": "il",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "gb",
    "7": "t",
    "8": "b",
    "9": "gq",
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "il",
    "+": "t",
    "(": "c",
    "€": "e",
    "£": "l",
    "¥": "y",
    "¡": "i",
    "l": "i",
}
_SIGNS = "@$!|+(€£¥¡*%"
ANY = "*"  # stands for any one letter
_CAPITAL = {one: letter for letter, alike in CAPITALS.items() for one in alike}
# Letters that Unicode's list does not count, and that are used all the same.
_ALSO = {
    "\u03c4": "t",  # Greek tau
    "\u03b5": "e",
    "\u03ba": "k",
    "\u03bc": "u",
    "\u03c9": "w",
    "\u0432": "b",  # Cyrillic ve
    "\u043d": "h",
    "\u0442": "t",
    "\u043c": "m",
    "\u043a": "k",
    "\u0438": "n",
    "\u044f": "r",
}
_SMALL = {one: letter for letter, alike in LETTERS.items() for one in alike} | _ALSO
_NAMED = re.compile(
    r"(?:LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |TURNED |REVERSED )?"
    r"|(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER "
    r"|REGIONAL INDICATOR SYMBOL LETTER |TORTOISE SHELL BRACKETED LATIN CAPITAL LETTER )"
    r"([A-Z])(?: WITH .{1,40})?"
)
_NUMBERED = re.compile(r"(?:DINGBAT )?(?:NEGATIVE )?CIRCLED (?:SANS-SERIF )?DIGIT (\w{1,5})")
_DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
# Signs that teams write instead of a name, as the words of the rules.
_WORDS = {"\U0001f47b": " ghostsign ", "\U0001f51f": "10", "\U0001f4de": " phonesign "}
_DROPPED = "'’‘`´ʼ"  # noqa: RUF001 - an apostrophe parts no word, whichever it is
_FILLERS = "\u3164\uffa0\u115f\u1160\u2800"  # letters and signs that show nothing
_LONGEST = 4  # letters that one sign may stand for; a whole sentence in one sign hides no word


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign as it would be written plainly, or what stands between words."""

    char: str  # a small letter, a digit, a sign; anything else parts words
    reads: str = ""  # letters that it may stand for besides
    plain: bool = True  # it is written as anybody would write it

    @property
    def is_solid(self) -> bool:
        """Whether it may be part of a word: a sign's neighbours decide."""
        return self.char.isalnum() or self.char in _SIGNS


def fold(text: str) -> list[Glyph]:
    """Every visible sign of a text; from here on each costs the same."""
    return [glyph for char in text for glyph in _folded(char)]


@functools.lru_cache(maxsize=4096)
def _folded(char: str) -> tuple[Glyph, ...]:
    if char.isascii():
        return _ascii(char)
    if char in _DROPPED or char in _FILLERS or unicodedata.category(char) in {"Cf", "Mn", "Me", "Mc"}:
        return ()
    if char in _WORDS:
        return tuple(Glyph(one, plain=False) for one in _WORDS[char])
    letters = _letters(char)
    if letters is None:
        if char.isalnum():
            return tuple(Glyph(one) for one in char.casefold() if one.isalnum())
        return (Glyph(char if char in _SIGNS else "·", _leet(char)),)
    accented = unicodedata.name(char, "").startswith("LATIN") and "WITH" in unicodedata.name(char, "")
    plain = accented and "STROKE" not in unicodedata.name(char, "")
    return tuple(Glyph(one, _leet(one), plain=plain or char in "ßæœøł") for one in letters)


def _ascii(char: str) -> tuple[Glyph, ...]:
    if char in _DROPPED or (ord(char) < ord(" ") and not char.isspace()):
        return ()
    if char.isspace():
        return (Glyph("\n" if char == "\n" else " "),)
    return (Glyph(char.lower(), "l" if char == "I" else _leet(char.lower())),)


def _leet(char: str) -> str:
    return _LEET.get(char, "")


def _letters(char: str) -> str | None:
    """The small letters and digits that a sign looks like; None: it looks like none."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    name = unicodedata.name(char, "")
    numbered = _NUMBERED.fullmatch(name)
    if numbered is not None and numbered[1] in _DIGITS:
        return str(_DIGITS.index(numbered[1]))
    named = _NAMED.fullmatch(name)
    if named is not None:
        return named[1].lower()
    styled = unicodedata.normalize("NFKC", char)
    capital = "".join(_CAPITAL.get(one, one) for one in styled).casefold()
    bare = [one for one in unicodedata.normalize("NFKD", capital) if not unicodedata.combining(one)]
    looks = "".join(_SMALL.get(one, one) for one in bare)
    known = "".join(one for one in looks if one.isascii() and one.isalnum())
    return known if known and len(looks) <= _LONGEST else None
