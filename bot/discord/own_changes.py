"""Changes of threads by the bot itself: Discord tells of them, and it is no news."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.model.errors import DeliveryFailed, DeliveryUnknown
from storage.records import DiscordId

_MOST = 1_000  # threads; past that the events of these are taken for somebody else's


class OwnChanges:
    """Discord tells of each once. A missing event hides one later event of its thread at most.

    Such an event is a hint and no more: waiting effects are tried again in their own time, too.
    """

    def __init__(self) -> None:
        self._made: set[DiscordId] = set()

    @contextmanager
    def made(self, thread: DiscordId) -> Iterator[None]:
        """Discord is asked meanwhile to change this thread; forgotten where it surely did not."""
        if len(self._made) >= _MOST:
            self._made.clear()
        self._made.add(thread)
        try:
            yield
        except DeliveryUnknown:
            raise  # it may have
        except DeliveryFailed:
            self._made.discard(thread)
            raise

    def heard(self, thread: DiscordId) -> bool:
        """Whether the event about this thread is about a change of the bot's own."""
        own = thread in self._made
        self._made.discard(thread)
        return own
