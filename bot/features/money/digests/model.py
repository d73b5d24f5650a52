"""The content of one digest, before anybody words it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.features.money.digests.period_rules import DigestPeriod
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.subscription_moves import SubscriptionMoves
from storage.money.digest_counts import NONE_ENDING, EndingSubscriptions
from storage.records import Millis


@dataclass(frozen=True)
class DigestNeeds:
    """Things that wait for a person now."""

    waiting: int = 0  # fans without an answer
    oldest: Millis | None = None  # since when the first of them waits
    problems: int = 0  # what asks for a word or cannot go on
    unsent: int = 0  # replies that these hold up: not sent, or nobody knows whether
    held: int = 0  # replies that wait for a lead
    owed: int = 0  # promises that are due within a day
    ending: EndingSubscriptions = NONE_ENDING  # subscriptions whose renewal is off

    @property
    def any(self) -> bool:
        """Whether anybody has to do anything; a renewal that is off asks for nothing."""
        return bool(self.waiting or self.problems or self.held or self.owed)


@dataclass(frozen=True)
class DigestNews:
    """So many things came that the bridge does not know in Fanvue's answers, from this day on."""

    number: int
    since: date


@dataclass(frozen=True)
class DigestContent:
    """One digest. Sums are those of the ledger; `before` has the words of what it is held against."""

    sort: DigestPeriod
    days: Days
    told: LedgerSums
    before: Mapping[str, LedgerSums]
    moves: SubscriptionMoves
    moves_before: SubscriptionMoves
    needs: DigestNeeds
    drawn: tuple[CurrencySum, Days] | None  # what the chart shows
    agrees: bool  # whether the last comparison of the ledger found no difference, or there was none
    news: DigestNews | None = None  # of Fanvue's answers; None: nothing is new

    @property
    def silent(self) -> bool:
        """Whether there is nothing to say: nothing came in or changed, nothing waits, nothing is missing."""
        money = self.told.sums or self.told.unreadable or self.told.alike or not self.agrees
        return not (money or self.moves.numbers.any or self.needs.any or self.news)
