"""Builds what leads read of their team."""

from bot.relay.context import Context
from bot.workload.reading import Workload


def open_workload(on: Context) -> Workload:
    """On the one ground."""
    return Workload(database=on.database, clock=on.clock)
