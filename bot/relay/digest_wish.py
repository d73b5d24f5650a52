"""An owner's choice of a digest: the words between a command and the digests."""

from dataclasses import dataclass

from bot.access.roles import MoneyView
from storage.records import DiscordId


@dataclass(frozen=True)
class DigestWish:
    """One sort of digest as wanted. `channel` None: privately, to the person who wants it."""

    sort: str  # daily, weekly or monthly
    hour: int  # 0 to 23, of the creator's zone
    channel: DiscordId | None = None
    zone: str | None = None  # as typed; None: it stays as it is
    figures: MoneyView = MoneyView.EXACT
    quiet: bool = False  # it does not come when there is nothing to say
