"""Builds what is made of the money that came in, each part once."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.money.credit.feature import CreditFeature, open_credit
from bot.features.money.digests.feature import DigestsFeature, open_digests
from bot.features.money.digests.post_effects import DigestPorts
from bot.features.money.digests.reader import DigestWaitingSources
from bot.features.money.goals.feature import GoalsFeature, open_goals
from bot.features.money.ledger.feature import LedgerFeature, open_earnings
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.periods.subscription_moves import Moving
from bot.features.money.reports.feature import ReportsFeature, open_income
from bot.features.money.subscribers.feature import SubscribersFeature, open_audience
from bot.features.publishing.posts.proposal import NAME as POST
from bot.features.publishing.proposals.model import kind_of
from bot.relay.alerts import AlertRouter


@dataclass(frozen=True)
class MoneyFeatures:
    """One field a feature that reads the ledger."""

    ledger: LedgerFeature
    income: ReportsFeature
    credit: CreditFeature
    goals: GoalsFeature
    audience: SubscribersFeature
    digests: DigestsFeature

    def deeds(self, ports: DigestPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these parts."""
        return {**self.digests.deeds(ports)}

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for them; `divisor` shortens the pauses."""
        return [
            self.digests.duty(divisor=divisor),
            *self.ledger.duties(divisor=divisor),
            self.credit.gathering.duty(divisor=divisor),
            self.goals.duty(divisor=divisor),
        ]


def open_takings(
    core: AppContext, links: LinkedAccounts, telling: AlertRouter, waiting: DigestWaitingSources
) -> MoneyFeatures:
    """Everything that answers from the ledger; `links` say through whose account it is read.

    `telling`: who is told of what is an alert; `waiting`: who knows what waits for a person.
    """
    ledger = _ledger(core, links)
    reading = FanvueCreatorFigures(links.fanvue, links.identity, asyncio.sleep)
    goals, audience = _goals(core, ledger, telling), _audience(core, reading)
    return MoneyFeatures(
        ledger=ledger,
        income=_income(core, ledger, reading, goals),
        credit=open_credit(core, ledger.books, posted=kind_of(POST), hours=core.settings.credit_hours),
        goals=goals,
        audience=audience,
        digests=_digests(core, ledger, audience.counting.of, waiting),
    )


def _income(
    core: AppContext, ledger: LedgerFeature, reading: FanvueCreatorFigures, goals: GoalsFeature
) -> ReportsFeature:
    return open_income(
        database=core.database,
        books=ledger.books,
        reading=reading,
        names=core.effects.trail.pseudonyms,
        clock=core.clock,
        beside=goals.desk.beside,
    )


def _ledger(core: AppContext, links: LinkedAccounts) -> LedgerFeature:
    return open_earnings(
        database=core.database,
        effects=core.effects,
        fanvue=links.fanvue,
        identity=links.identity,
        clock=core.clock,
        divisor=core.divisor,
    )


def _goals(core: AppContext, ledger: LedgerFeature, telling: AlertRouter) -> GoalsFeature:
    return open_goals(
        database=core.database,
        effects=core.effects,
        ledger=ledger.books,
        telling=telling,
        clock=core.clock,
    )


def _audience(core: AppContext, reading: FanvueCreatorFigures) -> SubscribersFeature:
    return open_audience(database=core.database, effects=core.effects, reading=reading, clock=core.clock)


def _digests(
    core: AppContext, ledger: LedgerFeature, moving: Moving, waiting: DigestWaitingSources
) -> DigestsFeature:
    return open_digests(
        database=core.database,
        effects=core.effects,
        ledger=ledger.books,
        moving=moving,
        waiting=waiting,
        clock=core.clock,
        waits=core.waits,
    )
