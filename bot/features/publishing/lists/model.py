"""A creator's own lists as Fanvue tells of them, and why it says no (pure)."""

from dataclasses import dataclass

from bot.model.errors import DeliveryRefused
from bot.model.language import msgid, tr
from storage.records import FanId, Millis

NO_LIST = msgid("This list is no longer on Fanvue.")


@dataclass(frozen=True)
class OwnList:
    """A list that the creator made."""

    id: str
    name: str
    size: int | None
    made: Millis | None


@dataclass(frozen=True)
class OwnListMember:
    fan: FanId
    handle: str | None
    name: str | None


class ListNameTaken(DeliveryRefused):
    """Another list has this name."""

    def __init__(self) -> None:
        super().__init__(tr("Fanvue already has a list with this name. Choose another name."))


class ListMembersRefused(DeliveryRefused):
    """Fanvue did not take these people: too many at once, or one of them is unknown to it."""
