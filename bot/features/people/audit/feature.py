"""Builds what reads the audit log, and what prunes it."""

from bot.engine.task_placement import PlacedTask
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.audit.service import AuditService
from bot.features.people.audit.tasks import pruning_task


def build(ctx: FeatureContext) -> Feature:
    """Old lines go in a restored database that waits, too."""
    trail = ctx.effects.trail
    reading = AuditService(database=ctx.database, pseudonyms=trail.pseudonyms, clock=ctx.clock, ids=ctx.ids)
    pruning = pruning_task(ctx)
    return Feature(name="audit", services=(reading,), tasks=(PlacedTask(pruning, paused=True),))
