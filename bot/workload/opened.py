"""Builds what leads read of their team."""

from bot.relay.ground import Ground
from bot.workload.reading import Workload


def open_workload(on: Ground) -> Workload:
    """On the one ground."""
    return Workload(database=on.database, clock=on.clock)
