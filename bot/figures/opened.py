"""Builds what reads Fanvue's own figures."""

import asyncio
from dataclasses import dataclass

from bot.fanvue.client import Fanvue
from bot.figures.reading import Reading
from bot.relay.voices import Identity


@dataclass(frozen=True)
class Figures:
    """The parts that the rest of the program speaks to."""

    reading: Reading


def open_figures(*, fanvue: Fanvue, identity: Identity) -> Figures:
    """Figures out of this Fanvue; `identity` says whose account speaks for a creator."""
    return Figures(Reading(fanvue, identity, asyncio.sleep))
