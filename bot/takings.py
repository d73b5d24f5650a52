"""Builds what is made of the money that came in, each part once."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import Core
from bot.digests.opened import Digests, open_digests
from bot.digests.posting import Ports
from bot.digests.reading import Waiting
from bot.earnings.opened import Earnings, open_earnings
from bot.figures.opened import Figures, open_figures
from bot.linked import Linked
from bot.relay.deeds import Deed
from bot.supervision import Duty


@dataclass(frozen=True)
class Takings:
    """One field a feature that reads the ledger."""

    ledger: Earnings
    figures: Figures
    digests: Digests

    def deeds(self, ports: Ports) -> Mapping[str, Deed]:
        """The kinds of effects that are of these parts."""
        return {**self.digests.deeds(ports)}

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run for them; `divisor` shortens the pauses."""
        return [self.digests.duty(divisor=divisor), *self.ledger.duties(divisor=divisor)]


def open_takings(core: Core, links: Linked, waiting: Waiting) -> Takings:
    """Everything that answers from the ledger; `links` say through whose account it is read.

    `waiting`: who knows what waits for a person.
    """
    ledger = _ledger(core, links)
    return Takings(
        ledger=ledger,
        figures=_figures(core, links, ledger),
        digests=_digests(core, ledger, waiting),
    )


def _ledger(core: Core, links: Linked) -> Earnings:
    return open_earnings(
        database=core.database,
        effects=core.effects,
        fanvue=links.fanvue,
        identity=links.identity,
        clock=core.clock,
        divisor=core.divisor,
    )


def _figures(core: Core, links: Linked, ledger: Earnings) -> Figures:
    return open_figures(
        database=core.database,
        fanvue=links.fanvue,
        identity=links.identity,
        ledger=ledger.books,
        clock=core.clock,
    )


def _digests(core: Core, ledger: Earnings, waiting: Waiting) -> Digests:
    return open_digests(
        database=core.database,
        effects=core.effects,
        ledger=ledger.books,
        waiting=waiting,
        clock=core.clock,
        waits=core.waits,
    )
