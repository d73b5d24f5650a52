"""Marks that count only at line starts: headings, small print, quotes, lists."""

import re

from bot.sandbox.discord.reading.pieces import HEADING, ITEM, QUOTE, SMALL, Look, Read, ShownTextPiece

_HEADING = re.compile(r" *#{1,3}[ \t]+(?=\S)([^\n]*)\n?")
_SMALL = re.compile(r" *-#[ \t]+(?=\S)([^\n]*)\n?")
_QUOTE_ALL = re.compile(r" *>>> ?([\s\S]*)")
_QUOTE = re.compile(r"(?: *> [^\n]*(?:\n|$))+")
_QUOTE_SIGN = re.compile(r"^ *> ", re.MULTILINE)
_ITEM = re.compile(r" *(?:[-*+]|\d{1,10}\.)[ \t]+(?=\S)([^\n]*)\n?")


def line(text: str, at: int, look: Look, read: Read) -> tuple[int, list[ShownTextPiece]] | None:
    """The block that begins at `at`, which begins a line: where it ends and what it shows."""
    for kind, pattern in ((HEADING, _HEADING), (SMALL, _SMALL), (ITEM, _ITEM)):
        found = pattern.match(text, at)
        if found is not None:
            inside = read(found[1], look | {kind})
            return found.end(), [*inside, ShownTextPiece("\n", look | {kind})]
    if QUOTE in look:  # a quote in a quote is none
        return None
    whole = _QUOTE_ALL.match(text, at)
    if whole is not None:
        return whole.end(), read(whole[1], look | {QUOTE})
    quoted = _QUOTE.match(text, at)
    if quoted is not None:
        return quoted.end(), read(_QUOTE_SIGN.sub("", quoted[0]), look | {QUOTE})
    return None
