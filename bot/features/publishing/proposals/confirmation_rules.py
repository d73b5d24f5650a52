"""The text typed to confirm, and whether the preview asks for it (pure)."""

from bot.features.publishing.proposals.model import ProposalPreview

_PRESSED = "Press the button again and type “{}”. Nothing was sent."
_WRONG = "You typed something else. Nothing was sent. Press the button again and type “{}”."


def wrong_typed(shown: ProposalPreview, typed: str | None) -> str | None:
    """The error message; None: it counts, or nothing has to be typed."""
    if shown.typed is None:
        return None
    if typed is None:
        return _PRESSED.format(shown.typed)
    return None if _plain(typed) == _plain(shown.typed) else _WRONG.format(shown.typed)


def _plain(words: str) -> str:
    return "".join(one for one in words.casefold() if one not in " ,.'\u2019\u00a0\u202f")
