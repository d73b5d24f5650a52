"""Discord's Markdown → pieces, as a client shows it (pure).

Written from Discord's "Message Formatting" and its Markdown guide, and sharing nothing with the bridge.
"""

import re

from bot.sandbox.discord.reading import lines, marks, styles
from bot.sandbox.discord.reading.pieces import DEEPEST, PLAIN, Look, Read, ShownTextPiece, joined

_SHRUG = "¯\\_(ツ)_/¯"  # shown as it is, although it has a backslash
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
# A place where something may begin: a sign, an address, or a new line.
_PLACE = re.compile(rf"\\|¯|{styles.STARTS}|{marks.STARTS}|\n", re.IGNORECASE)


def pieces_of(text: str) -> list[ShownTextPiece]:
    """The shown pieces of a text."""
    return joined(_read(text, PLAIN, 0))


def _read(text: str, look: Look, depth: int) -> list[ShownTextPiece]:
    if depth > DEEPEST:
        return [ShownTextPiece(text, look)]

    def inside(part: str, look: Look) -> list[ShownTextPiece]:
        return _read(part, look, depth + 1)

    found: list[ShownTextPiece] = []
    at, plain_from, line_starts = 0, 0, True
    while at < len(text):
        block = lines.line(text, at, look, inside) if line_starts else None
        step = block or _step(text, at, look, inside)
        if step is not None:
            found += [ShownTextPiece(text[plain_from:at], look), *step[1]]
            line_starts = block is not None  # a block takes the end of its line with it
            at = plain_from = step[0]
            continue
        if text[at] == "\n":
            at, line_starts = at + 1, True
            continue
        place = _PLACE.search(text, at + 1)
        at, line_starts = (len(text) if place is None else place.start()), False
    return [*found, ShownTextPiece(text[plain_from:], look)]


def _step(text: str, at: int, look: Look, inside: Read) -> tuple[int, list[ShownTextPiece]] | None:
    """The pieces that begin at this place, if any."""
    char = text[at]
    if char == "\\":
        escaped = _ESCAPE.match(text, at)
        return None if escaped is None else (escaped.end(), [ShownTextPiece(escaped[1], look)])
    if text.startswith(_SHRUG, at):
        return at + len(_SHRUG), [ShownTextPiece(_SHRUG, look)]
    if char in "*_~|`":
        return styles.styled(text, at, look, inside)
    if char in "<@:[" or char.isalpha():
        return marks.mark(text, at, look, inside)
    return None
