"""Deletions that came before it was written down which message was posted."""

from collections import deque
from typing import Final

from storage.records import DiscordId

_MOST: Final = 64  # the others are too old to be of a message that is still being posted


class EarlyDeletions:
    """Discord tells of a deletion within milliseconds; a post's answer may take longer to be stored."""

    def __init__(self) -> None:
        self._messages: deque[DiscordId] = deque(maxlen=_MOST)

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: DiscordId) -> None:
        """Nobody knows this message yet."""
        self._messages.append(message)

    def take(self, message: DiscordId) -> bool:
        """Whether this message, which is known now, is gone already; said once."""
        if message not in self._messages:
            return False
        self._messages.remove(message)
        return True
