"""Media that stand in a reply window beside what is typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.engine.slots import Slot
from storage.database import Transaction
from storage.records import DraftId, MediaId


@dataclass(frozen=True)
class CarriedMedia:
    """Items that a window has beside what is typed into it."""

    media: tuple[MediaId, ...] = ()
    preview: MediaId | None = None


# The media of a draft that a window changes; None where it is another feature's.
MediaCarrier = Callable[[Transaction, DraftId], Awaitable[CarriedMedia | None]]
CARRIED_MEDIA = Slot[MediaCarrier]("media of drafts that stand in a reply window")
