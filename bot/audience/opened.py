"""Builds what knows of a creator's subscribers."""

from dataclasses import dataclass

from bot.audience.asking import Asking
from bot.audience.hearing import Hearing
from bot.audience.kept import Counting
from bot.audience.listing import Listing
from bot.engine.outbox import Effects
from bot.figures.reading import Reading
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class AudienceOpened:
    """The parts that the rest of the program speaks to."""

    asking: Asking
    listing: Listing
    hearing: Hearing
    counting: Counting


def open_audience(*, database: Database, effects: Effects, reading: Reading, clock: Clock) -> AudienceOpened:
    """`reading`: Fanvue's own figures."""
    return AudienceOpened(
        asking=Asking(database=database, reading=reading, clock=clock),
        listing=Listing(database=database, reading=reading, trail=effects.trail, clock=clock),
        hearing=Hearing(effects.trail.pseudonyms),
        counting=Counting(clock),
    )
