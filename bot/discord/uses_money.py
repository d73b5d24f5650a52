"""The use cases about a creator's money and audience."""

from dataclasses import dataclass

from bot.discord.uses_credit import CreditUses
from bot.discord.uses_digests import DigestUses
from bot.discord.uses_figures import AudienceUses, GoalUses, LedgerUses, NoLedger, SubscriberUses
from bot.discord.uses_income import IncomeUses


@dataclass(frozen=True, kw_only=True)
class MoneyUses:
    """A part of `Uses`; one field a feature."""

    income: IncomeUses
    subscribers: AudienceUses
    subscriber_list: SubscriberUses
    goals: GoalUses
    digests: DigestUses
    credit: CreditUses
    ledger: LedgerUses = NoLedger()  # noqa: RUF009 - it has no state
