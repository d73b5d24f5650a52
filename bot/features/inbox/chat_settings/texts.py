"""The words about a chat's marks on Fanvue (pure)."""

from bot.features.inbox.chat_settings.model import ChatSettingsChange
from bot.model.language import msgid, tr
from bot.text.safe_text import safe

WROTE_MEANWHILE = msgid("The fan has written since then.")
PAUSED = msgid("No changes made.")
LONGEST = 40  # characters of a nickname
NO_NICKNAME = msgid(
    "A nickname is one line of up to {most} characters. Shorten it, or leave it empty to "
    "remove the current one."
)
_IF_NOT = msgid("If it doesn't work, this thread will say so.")


def asked(mark: ChatSettingsChange) -> str:
    """Fanvue is asked for it."""
    return f"{_wish(mark)} {tr(_IF_NOT)}"


def did_not(mark: ChatSettingsChange, reason: str | None) -> str:
    """Fanvue did not do it, or was not asked."""
    return f"{_failed(mark)} {reason or tr('Fanvue gave no reason.')}"


def _wish(mark: ChatSettingsChange) -> str:
    if mark.read is not None:
        return tr(
            "We asked Fanvue to mark this chat as read. Fans who wait here still wait: use /fan "
            "close if no answer is needed."
        )
    if mark.muted is not None:
        return (
            tr("We asked Fanvue to mute this chat for the creator. This thread works as before.")
            if mark.muted
            else tr("We asked Fanvue to unmute this chat for the creator.")
        )
    if not mark.nickname:
        return tr("We asked Fanvue to remove the fan's nickname.")
    return tr(
        "We asked Fanvue to call this fan “{nickname}”. Only the creator's side sees it on "
        "Fanvue; nothing changes here.",
        nickname=safe(mark.nickname),
    )


def _failed(mark: ChatSettingsChange) -> str:
    if mark.read is not None:
        return tr("This chat was not marked as read on Fanvue.")
    if mark.muted is not None:
        if mark.muted:
            return tr("This chat was not muted on Fanvue.")
        return tr("This chat was not unmuted on Fanvue.")
    return tr("The fan's nickname was not changed on Fanvue.")
