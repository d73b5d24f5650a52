"""Marks inside a line that do something: mentions, times, emoji, addresses.

Where the clients differ, the one counts that makes more of a text: nothing here may overlook anything.
"""

import re
from collections.abc import Callable
from re import Match

from bot.sandbox.discord.reading.pieces import (
    ADDRESS,
    CHANNEL,
    COMMAND,
    EMOJI,
    EVERYONE,
    INVITE,
    LINK,
    MASKED_LINK,
    NAVIGATION,
    ROLE,
    TIME,
    USER,
    Look,
    Read,
    ShownTextPiece,
)

_SHORTEST_NAME = 2  # of an emoji between colons

# In angle brackets. All are shown as something else than what is written.
_BRACKETED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (USER, re.compile(r"<@!?(\d+)>")),
    (ROLE, re.compile(r"<@&(\d+)>")),
    (CHANNEL, re.compile(r"<#(\d+)>")),
    (COMMAND, re.compile(r"</([^\n:>]{1,100}:\d+)>")),
    (NAVIGATION, re.compile(r"<id:([a-z-]+(?::\d+)?)>")),
    (EMOJI, re.compile(r"<a?:(\w{2,32}:\d+)>", re.ASCII)),
    (TIME, re.compile(r"<t:(-?\d{1,17}(?::[tTdDfFRsS])?)>")),
    (LINK, re.compile(r"<([a-z][a-z0-9+.-]*:/[^\s<>]+|(?:mailto|tel|sms):[^\s<>]+)>", re.IGNORECASE)),
    (ADDRESS, re.compile(r"<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|\+?\d[\d ()-]{3,})>")),
)
_EVERYONE = re.compile(r"@(?:everyone|here)")
_SHORTCODE = re.compile(r":([A-Za-z0-9_+-]+)(?:::skin-tone-\d)?:")
_URL = re.compile(r"(?:https?|steam|discord|ftp)://[^\s<]*[^\s<.,:;\"'\])]", re.IGNORECASE)
_INVITE = re.compile(
    r"(?:discord\.(?:gg|gift|new)|discord(?:app)?\.com/(?:invite|gifts|template|channels))/[\w-]+",
    re.IGNORECASE,
)
# The words of a masked link may hold brackets in pairs; the address may stand in <> and have a title.
_MASKED = re.compile(
    r"\[((?:\\.|\[[^\[\]\n]*\]|[^\[\]\\])+)\]\(\s*<?((?:\([^()\s]*\)|\\.|[^\s()<>\\])+)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")

STARTS = r"[<@:\[]|(?:https?|steam|discord|ftp)://|discord(?:app)?\.(?:gg|gift|new|com)/"
"""Where one of these can begin, as a regular expression."""


def mark(text: str, at: int, look: Look, read: Read) -> tuple[int, list[ShownTextPiece]] | None:
    """The mark that begins at `at`: where it ends and what it shows; None where there is none."""
    match text[at]:
        case "<":
            return _bracketed(text, at, look)
        case "@":
            return _simple(_EVERYONE.match(text, at), look, EVERYONE, lambda found: found[0])
        case ":":
            found = _SHORTCODE.match(text, at)
            named = found is not None and len(found[1]) >= _SHORTEST_NAME and not found[1].isdecimal()
            return _simple(found if named else None, look, EMOJI, lambda one: one[1])
        case "[":
            return _masked(text, at, look, read)
        case _:
            found = _URL.match(text, at)
            if found is not None:
                return _simple(found, look, LINK, lambda one: one[0])
            return _simple(_INVITE.match(text, at), look, INVITE, lambda one: one[0])


def _simple(
    found: Match[str] | None, look: Look, does: str, target: Callable[[Match[str]], str]
) -> tuple[int, list[ShownTextPiece]] | None:
    return None if found is None else (found.end(), [ShownTextPiece(found[0], look, does, target(found))])


def _bracketed(text: str, at: int, look: Look) -> tuple[int, list[ShownTextPiece]] | None:
    for does, pattern in _BRACKETED:
        found = pattern.match(text, at)
        if found is not None:
            return found.end(), [ShownTextPiece(found[0], look, does, found[1])]
    return None


def _masked(text: str, at: int, look: Look, read: Read) -> tuple[int, list[ShownTextPiece]] | None:
    """Words that lead somewhere else than they say. Any text with a colon counts as an address."""
    found = _MASKED.match(text, at)
    if found is None:
        return None
    target = _ESCAPED.sub(r"\1", found[2])
    if ":" not in target or not found[1].strip():
        return None
    words = "".join(piece.text for piece in read(found[1], look))
    return found.end(), [ShownTextPiece(words, look, MASKED_LINK, target)]
