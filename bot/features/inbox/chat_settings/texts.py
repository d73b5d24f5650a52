"""The words about a chat's marks on Fanvue (pure)."""

from bot.features.inbox.chat_settings.model import ChatSettingsChange
from bot.text.safe_text import safe

WROTE_MEANWHILE = "The fan wrote since then."
PAUSED = "Nothing was changed."
LONGEST = 40  # characters of a nickname
NO_NICKNAME = (
    f"A nickname is one line of up to {LONGEST} characters. Shorten it, or leave it out to take the one that "
    "is there away."
)
_IF_NOT = "If that does not work, this thread says so."


def asked(mark: ChatSettingsChange) -> str:
    """Fanvue is asked for it."""
    return f"{_wish(mark)} {_IF_NOT}"


def did_not(mark: ChatSettingsChange, reason: str | None) -> str:
    """Fanvue did not do it, or was not asked."""
    return f"{_failed(mark)} {reason or 'Fanvue gave no reason.'}"


def _wish(mark: ChatSettingsChange) -> str:
    if mark.read is not None:
        return (
            "Fanvue is asked to mark this chat as read. Here nothing changes: whoever waits goes on waiting, "
            "and /close says that nothing is to be answered."
        )
    if mark.muted is not None:
        return (
            "Fanvue is asked to mute this chat for the creator. This thread goes on as before."
            if mark.muted
            else "Fanvue is asked to notify the creator of this chat again."
        )
    if not mark.nickname:
        return "Fanvue is asked to take the fan's nickname away."
    return (
        f"Fanvue is asked to call this fan “{safe(mark.nickname)}” for the creator. It shows on "
        "Fanvue to the creator's side alone, and not here."
    )


def _failed(mark: ChatSettingsChange) -> str:
    if mark.read is not None:
        return "This chat was not marked as read on Fanvue."
    if mark.muted is not None:
        return f"This chat was not {'muted' if mark.muted else 'unmuted'} on Fanvue."
    return "The fan's nickname was not changed on Fanvue."
