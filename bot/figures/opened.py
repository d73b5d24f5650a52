"""Builds what answers questions about figures."""

import asyncio
from dataclasses import dataclass

from bot.fanvue.client import Fanvue
from bot.figures.ledger import Ledger
from bot.figures.reading import Reading
from bot.figures.reporting import Reporting
from bot.relay.ports import Clock
from bot.relay.voices import Identity
from storage.database import Database


@dataclass(frozen=True)
class Figures:
    """The parts that the rest of the program speaks to."""

    reporting: Reporting


def open_figures(
    *, database: Database, fanvue: Fanvue, identity: Identity, ledger: Ledger, clock: Clock
) -> Figures:
    """Figures out of this Fanvue and the ledger; `identity` says whose account speaks for a creator."""
    reading = Reading(fanvue, identity, asyncio.sleep)
    return Figures(Reporting(database=database, reading=reading, ledger=ledger, clock=clock))
