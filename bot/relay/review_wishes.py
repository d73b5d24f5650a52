"""The queries of leads who look back at sent or stopped replies."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records import CreatorId, DiscordId


class SentRepliesOrder(StrEnum):
    """The order of sent replies."""

    NEWEST = "newest"
    SLOWEST = "slowest"
    PRICE = "price"


@dataclass(frozen=True)
class SentRepliesWish:
    """A filter of replies, and the page of them; None does not matter."""

    creator: CreatorId | None = None
    member: DiscordId | None = None
    priced: bool | None = None
    slower: int | None = None  # minutes that the fan had waited at least
    days: int = 7
    order: SentRepliesOrder = SentRepliesOrder.NEWEST
    number: int = 0  # of the page, the first one is 0


@dataclass(frozen=True)
class StoppedRepliesWish:
    creator: CreatorId | None = None
    member: DiscordId | None = None
    what: str | None = None  # an action of the audit
    days: int = 7
    number: int = 0
