"""Changes of subscriptions on some days, as their counter tells them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.features.money.periods.days import Days
from storage.database import Transaction
from storage.records import CreatorId


@dataclass(frozen=True)
class SubscriptionNumbers:
    """Change counts of some days."""

    began: int = 0
    renewed: int = 0
    ended: int = 0
    off: int = 0  # renewals switched off
    on: int = 0

    @property
    def any(self) -> bool:
        """Whether anything happened at all."""
        return bool(self.began or self.renewed or self.ended or self.off or self.on)


@dataclass(frozen=True)
class SubscriptionMoves:
    """The numbers of some days."""

    numbers: SubscriptionNumbers = SubscriptionNumbers()
    whole: bool = True  # whether changes were kept from the first of these days on
    lacking: bool = False  # whether something of these days may be missing, for any reason


Moving = Callable[[Transaction, CreatorId, Days], Awaitable[SubscriptionMoves]]
