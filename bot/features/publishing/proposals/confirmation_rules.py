"""What stands between a press of [Confirm] and its effect (pure)."""

from bot.features.publishing.proposals.model import ProposalPreview
from bot.model.language import msgid, tr

_WRONG = msgid("You typed something else. Not sent. Press the button again and type “{typed}”.")


_FILES = msgid("Files you added to this are not in it yet. Press Media …, then Done.")


def not_yet(shown: ProposalPreview, typed: str | None) -> str | None:
    """Why it does not count yet; None: it does. `typed`: as in `wrong_typed`."""
    return awaits_files(shown) or wrong_typed(shown, typed)


def awaits_files(shown: ProposalPreview) -> str | None:
    """A sentence, where files were added over it that are not in the vault, or not in the preview, yet."""
    files = (shown.picked or {}).get("files") or {}
    return tr(_FILES) if files.get("commands") else None


def wrong_typed(shown: ProposalPreview, typed: str | None) -> str | None:
    """The error message; None: it counts, or nothing has to be typed."""
    if shown.typed is None:
        return None
    if typed is None:
        return tr("Press the button again and type “{typed}”. Not sent.", typed=shown.typed)
    return None if _plain(typed) == _plain(shown.typed) else tr(_WRONG, typed=shown.typed)


def _plain(words: str) -> str:
    return "".join(one for one in words.casefold() if one not in " ,.'\u2019\u00a0\u202f")
