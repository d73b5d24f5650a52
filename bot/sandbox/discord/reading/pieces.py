"""Pieces of a text as Discord shows it: their words, look and action."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

# How words can look. Whoever reads a message takes these for the sender's own doing.
BOLD, ITALIC, UNDERLINE, STRIKE, SPOILER = "bold", "italic", "underline", "strike", "spoiler"
HEADING, SMALL, QUOTE, ITEM, CODE = "heading", "small", "quote", "item", "code"

# What a piece can do.
USER, ROLE, EVERYONE, CHANNEL, COMMAND, NAVIGATION = (
    "user", "role", "everyone", "channel", "command", "navigation",
)  # fmt: skip
LINK, MASKED_LINK, INVITE, ADDRESS, EMOJI, TIME = (
    "link", "masked link", "invite", "address", "emoji", "time",
)  # fmt: skip
MENTIONS = frozenset({USER, ROLE, EVERYONE, CHANNEL, COMMAND, NAVIGATION})
LINKS = frozenset({LINK, MASKED_LINK, INVITE, ADDRESS})

Look = frozenset[str]
PLAIN: Look = frozenset()
DEEPEST = 20  # levels of formatting in formatting; below that Discord's clients show the signs themselves


@dataclass(frozen=True, slots=True)
class ShownTextPiece:
    """Words that look the same and do the same; `does` is empty where they do nothing.

    `target`: a link's address, a mention's target, or the emoji or time itself.
    """

    text: str
    look: Look = PLAIN
    does: str = ""
    target: str = ""


Read = Callable[[str, Look], list[ShownTextPiece]]  # reads what stands inside of something


def joined(pieces: Iterable[ShownTextPiece]) -> list[ShownTextPiece]:
    """Neighbours that look and do the same as one piece."""
    made: list[ShownTextPiece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if made and not piece.does and not made[-1].does and made[-1].look == piece.look:
            made[-1] = ShownTextPiece(made[-1].text + piece.text, piece.look)
        else:
            made.append(piece)
    return made
