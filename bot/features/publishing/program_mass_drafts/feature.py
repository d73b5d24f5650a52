"""Builds mass messages that programs write and a member takes over."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.publishing.program_mass_drafts.expiry import ProgramMassExpiry
from bot.features.publishing.program_mass_drafts.pages import ProgramMassPages
from bot.features.publishing.program_mass_drafts.press_service import ProgramMassPressService
from bot.features.publishing.program_mass_drafts.records import ProgramMassRecords
from bot.features.publishing.program_mass_drafts.service import ProgramMassService
from bot.features.signals import PROGRAM_DRAFT_ENDED


def build(ctx: FeatureContext) -> Feature:
    """After keys, which let programs in."""
    records = ProgramMassRecords(
        effects=ctx.effects, clock=ctx.clock, ended=ctx.listeners.telling(PROGRAM_DRAFT_ENDED)
    )
    service = ProgramMassService(
        database=ctx.database, records=records, trail=ctx.effects.trail, clock=ctx.clock, ids=ctx.ids
    )
    lapsing = ProgramMassExpiry(database=ctx.database, records=records, clock=ctx.clock)
    return Feature(
        name="program mass drafts",
        services=(ProgramMassPressService(database=ctx.database, records=records, clock=ctx.clock),),
        parts=(service,),
        tasks=(lapsing.task(divisor=ctx.divisor),),
        brings=ProgramMassPages(service, ctx.get(ApiKeyDoor)).entries(),
    )
