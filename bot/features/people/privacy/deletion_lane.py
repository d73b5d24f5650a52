"""The slow lane: one deletion at a time on all of Discord, and a pause after it.

Discord deletes old messages slowly, and has one budget of calls for all that the bot does. Lines of fans and
replies of members must never wait for this.
"""

from bot.model.errors import TryLater
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.records import Millis

PAUSE: Millis = 1500
_SLOWLY = msgid("Old lines are removed slowly, so that nothing waits for it.")


class DeletionLane:
    """Lets one call through in each pause: the first caller's."""

    def __init__(self, *, clock: Clock, pause: Millis = PAUSE) -> None:
        self._clock = clock
        self._pause = pause
        self._free: Millis = 0

    def turn(self) -> None:
        """Take the turn. Raises TryLater, with its time, when it is not free yet."""
        now = self._clock.now()
        if now < self._free:
            raise TryLater(_SLOWLY, after=(self._free - now) / 1000)
        self._free = now + self._pause
