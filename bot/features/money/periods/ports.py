"""The figures' port to the ledger, which is `bot.features.money.ledger`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from storage.records import CreatorId, Millis


@dataclass(frozen=True)
class LedgerSums:
    """Sums of some days, as the ledger has them at a moment."""

    sums: Sequence[CurrencySum]
    as_of: Millis  # when the newest of these days was last read from Fanvue
    unreadable: int = 0  # rows that could not be read: they are missing
    pending: int = 0  # payments among them that Fanvue told live and does not list yet: without a net
    alike: int = 0  # payments told live that may be a row already: they are not among them
    checked: str | None = None  # a sentence of the last comparison with Fanvue


class LedgerPort(Protocol):
    """Raises one of the four errors of `bot.model.errors`."""

    async def earnings(self, creator: CreatorId, days: Days) -> LedgerSums:
        """The income of these days, less refunds and chargebacks."""

    async def kept(self, creator: CreatorId, days: Days) -> LedgerSums:
        """The same of what is there already; nothing is read from Fanvue for it."""
