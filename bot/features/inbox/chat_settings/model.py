"""A change to a chat on Fanvue, and its form in an effect (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.records import FanvueMessageId


@dataclass(frozen=True)
class ChatSettingsChange:
    """One change; None stays as it is."""

    read: bool | None = None
    muted: bool | None = None
    nickname: str | None = None  # "": none any more
    newest: FanvueMessageId | None = None  # with `read`: the fan's newest message, as far as was known

    @property
    def action(self) -> str:
        """Its name in audit log and policy."""
        if self.read is not None:
            return "chat.read"
        return "chat.mute" if self.muted is not None else "chat.nickname"


def packed(mark: ChatSettingsChange) -> dict[str, Any]:
    """The body of its effect."""
    return {"read": mark.read, "muted": mark.muted, "nickname": mark.nickname, "newest": mark.newest}


def unpacked(body: Mapping[str, Any]) -> ChatSettingsChange:
    """The mark that such a body carries."""
    return ChatSettingsChange(body["read"], body["muted"], body["nickname"], body["newest"])
