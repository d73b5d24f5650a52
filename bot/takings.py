"""Builds what is made of the money that came in, each part once."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.audience.opened import AudienceOpened, open_audience
from bot.core import Core
from bot.earnings.opened import Earnings, open_earnings
from bot.figures.opened import Figures, open_figures
from bot.goals.opened import Goals, open_goals
from bot.linked import Linked
from bot.relay.alerting import Telling
from bot.relay.deeds import Deed
from bot.relay.ports import DiscordPort
from bot.supervision import Duty


@dataclass(frozen=True)
class Takings:
    """One field a feature that reads the ledger."""

    ledger: Earnings
    figures: Figures
    goals: Goals
    audience: AudienceOpened

    def deeds(self, discord: DiscordPort) -> Mapping[str, Deed]:
        """The kinds of effects that are of these parts."""
        return {**self.figures.deeds(discord)}

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run for them; `divisor` shortens the pauses."""
        return [
            self.figures.duty(divisor=divisor),
            *self.ledger.duties(divisor=divisor),
            self.goals.duty(divisor=divisor),
        ]


def open_takings(core: Core, links: Linked, telling: Telling) -> Takings:
    """Everything that answers from the ledger; `links` say through whose account it is read.

    `telling`: who is told of what is an alert.
    """
    ledger = _ledger(core, links)
    goals = _goals(core, ledger, telling)
    figures = _figures(core, links, ledger, goals)
    return Takings(ledger=ledger, figures=figures, goals=goals, audience=_audience(core, figures))


def _ledger(core: Core, links: Linked) -> Earnings:
    return open_earnings(
        database=core.database,
        effects=core.effects,
        fanvue=links.fanvue,
        identity=links.identity,
        clock=core.clock,
        divisor=core.divisor,
    )


def _goals(core: Core, ledger: Earnings, telling: Telling) -> Goals:
    return open_goals(
        database=core.database,
        effects=core.effects,
        ledger=ledger.books,
        telling=telling,
        clock=core.clock,
    )


def _audience(core: Core, figures: Figures) -> AudienceOpened:
    return open_audience(
        database=core.database, effects=core.effects, reading=figures.reading, clock=core.clock
    )


def _figures(core: Core, links: Linked, ledger: Earnings, goals: Goals) -> Figures:
    return open_figures(
        database=core.database,
        effects=core.effects,
        fanvue=links.fanvue,
        identity=links.identity,
        ledger=ledger.books,
        clock=core.clock,
        waits=core.waits,
        beside=goals.desk.beside,
    )
