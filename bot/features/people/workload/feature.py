"""Builds what leads read of their team."""

from bot.features.people.workload.service import WorkloadService
from bot.relay.context import Context


def open_workload(on: Context) -> WorkloadService:
    """On the one ground."""
    return WorkloadService(database=on.database, clock=on.clock)
