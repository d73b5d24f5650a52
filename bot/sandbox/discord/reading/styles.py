"""Signs in pairs around words: bold, italic, underlined, struck, covered, code."""

import re

from bot.sandbox.discord.reading.pieces import (
    BOLD,
    CODE,
    ITALIC,
    SPOILER,
    STRIKE,
    UNDERLINE,
    Look,
    Read,
    ShownTextPiece,
)

# The longer sign first. An escaped sign ends nothing, except where the clients do not look: ~~ and ||.
_PAIRS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "*": (
        (BOLD, re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
        (ITALIC, re.compile(r"\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])+?)\*(?!\*)")),
    ),
    "_": (
        (UNDERLINE, re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
        (ITALIC, re.compile(r"_((?:\\[\s\S]|__|[^\\_])+?)_(?![A-Za-z0-9_])")),
    ),
    "~": ((STRIKE, re.compile(r"~~([\s\S]+?)~~(?!_)")),),
    "|": ((SPOILER, re.compile(r"\|\|([\s\S]+?)\|\|")),),
}
_FENCE = re.compile(r"```(?:[A-Za-z0-9_+.#-]*\n)?\n*([\s\S]+?)\n*```")
_INLINE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
STARTS = r"[*_~|`]"
"""Where one of these can begin, as a regular expression."""


def styled(text: str, at: int, look: Look, read: Read) -> tuple[int, list[ShownTextPiece]] | None:
    """The pair that begins at `at`: where it ends and what it shows; None where there is none."""
    if text[at] == "`":
        return _code(text, at, look)
    for kind, pattern in _PAIRS[text[at]]:
        found = pattern.match(text, at)
        if found is not None:
            return found.end(), read(found[1], look | {kind})
    return None


def _code(text: str, at: int, look: Look) -> tuple[int, list[ShownTextPiece]] | None:
    """In code nothing else counts, not even a backslash."""
    fence = _FENCE.match(text, at)
    if fence is not None:
        return fence.end(), [ShownTextPiece(fence[1], look | {CODE})]
    inline = _INLINE.match(text, at)
    if inline is not None:
        return inline.end(), [ShownTextPiece(inline[2].strip(), look | {CODE})]
    return None
