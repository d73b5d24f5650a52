"""A stranger's text, made safe to show letter by letter (pure).

Two steps: `plain` drops what cannot be seen, `safe` escapes what Discord would read as formatting, a
mention or a link. All that a reader could see in the text, they still see.
"""

import re
import unicodedata

from bot.model.language import tr
from bot.text.graphemes import inside_letter, letter_end

PART = 3200  # a Discord message with components holds 4,000 characters; title and small print need room

_MARKDOWN = re.compile(r"([\\*_~`|\[\]()<>#\-+.!:@&/])")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_KEPT_CONTROLS = "\n\t"
_MOST_MARKS = 4
_RAW_MARKS = 30  # the bound of Unicode's stream-safe format: sorting a long tower takes quadratic time
_ZWJ = "\u200d"
_VARIATION = "\ufe0f"
# Letters and marks by category that show nothing at all: fillers and joiners.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# Format characters by category that do show something: number signs and verse ends.
_SEEN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# England, Scotland and Wales: a black flag, their name in invisible tags, and an end.
_TAGGED_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_NEVER = range(0xFDD0, 0xFDF0)


def safe(text: str) -> str:
    """A stranger's text that Discord shows letter by letter: no formatting, mention, link or trick."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def plain(text: str) -> str:
    """A stranger's text without what cannot be seen: controls, direction marks, towers of accents."""
    lines = _LINE_ENDS.sub("\n", text)
    flags = {index for flag in _TAGGED_FLAG.finditer(lines) for index in range(*flag.span())}
    seen = "".join(char for index, char in enumerate(lines) if index in flags or _is_seen(lines, index))
    return _capped(unicodedata.normalize("NFC", _capped(seen, _RAW_MARKS)), _MOST_MARKS)


def in_quotes(text: str) -> str:
    """Words in the quotation marks of the reader's language."""
    return tr("“{text}”", text=text)


def one_line(text: str, most: int) -> str:
    """A stranger's name on one line, at most `most` characters long; not yet escaped."""
    line = " ".join(plain(text).split())
    return line if len(line) <= most else line[: letter_end(line, most)].rstrip()


def parts_of(text: str, limit: int = PART) -> list[str]:
    """A text in pieces whose safe form has at most `limit` (>= 2) characters, in order, nothing left out.

    Cut at a line, else at a word, never inside a letter. The pieces are plain, not yet escaped.
    """
    pieces: list[str] = []
    rest = plain(text)
    while rest:
        end = _fitting(rest, limit)
        if end < len(rest):
            end = _good_cut(rest, end)
        pieces.append(rest[:end])
        rest = rest[end:]
    return pieces or [""]


def parts_within(text: str, most: int) -> tuple[list[str], int]:
    """The first parts of a text in which there is anything to read, and how many characters are left out.

    A text that is far too long is cut before it is looked through: that takes time for each character.
    """
    whole = len(text)
    text = text[: 2 * most * PART]
    found = [piece for piece in parts_of(text) if piece.strip()]
    shown = found[:most] or [""]
    return shown, whole - len(text) + sum(map(len, found[most:]))


def _is_seen(text: str, index: int) -> bool:
    char = text[index]
    if char in _BLANKS:
        return False
    match unicodedata.category(char):
        case "Cc":
            return char in _KEPT_CONTROLS
        case "Cf":
            return char in _SEEN_FORMATS or (char == _ZWJ and _joins_emoji(text, index))
        case "Cs":
            return False  # half a character: nothing can show or even encode it
        case "Cn":
            return _may_be_assigned(char)
        case _:
            return True


def _may_be_assigned(char: str) -> bool:
    # What this Python's tables do not know may be next year's emoji; 66 code points will never be anything.
    return ord(char) & 0xFFFE != 0xFFFE and ord(char) not in _NEVER  # noqa: PLR2004 - the last two of a plane


def _joins_emoji(text: str, index: int) -> bool:
    # A joiner stays only inside an emoji (a family, a profession): elsewhere it hides things.
    if index == 0 or index + 1 == len(text):
        return False
    before = text[index - 1] if text[index - 1] != _VARIATION else text[max(index - 2, 0)]
    return _may_be_emoji(before) and _may_be_emoji(text[index + 1])


def _may_be_emoji(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("So", "Sk", "Sm") or (category == "Cn" and _may_be_assigned(char))


def _capped(text: str, most: int) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= most:
            kept.append(char)
    return "".join(kept)


def _fitting(text: str, limit: int) -> int:
    used = 0
    for index, char in enumerate(text):
        used += 2 if _MARKDOWN.match(char) else 1
        if used > limit:
            return index
    return len(text)


def _good_cut(text: str, end: int) -> int:
    for mark in ("\n", " "):
        found = text.rfind(mark, end // 2, end)
        if found > 0 and not inside_letter(text, found + 1):
            return found + 1
    return letter_end(text, end)
