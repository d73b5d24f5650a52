"""Builds drafts that programs write and a person sends."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.checks.model import DRAFT_TAKEN, REPLY_DRAFTS
from bot.features.inbox.program_drafts.carried import carried_by
from bot.features.inbox.program_drafts.expiry import ProgramDraftExpiry
from bot.features.inbox.program_drafts.pages import ProgramDraftPages
from bot.features.inbox.program_drafts.press_service import ProgramDraftPressService
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.inbox.program_drafts.rule_sender import ProgramReplySender
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.inbox.reply_media.carried_media import CARRIED_MEDIA
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.draft_rules.model import DRAFT_RULE_SENDERS
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.signals import PROGRAM_DRAFT_ENDED
from bot.relay.unheard_messages import UnheardMessages


def build_records(ctx: FeatureContext) -> Feature:
    """Before replies and their media, which ask it for what stands in a window."""
    records = ProgramDraftRecords(ctx, ended=ctx.listeners.telling(PROGRAM_DRAFT_ENDED))
    return Feature(
        name="program draft records",
        parts=(records,),
        brings=(
            DRAFT_TAKEN.of(records.taken),
            REPLY_DRAFTS.of(records.draft_of),
            CARRIED_MEDIA.of(carried_by(records)),
        ),
    )


def build(ctx: FeatureContext) -> Feature:
    """After keys, which let programs in."""
    records = ctx.get(ProgramDraftRecords)
    rules, answering = ctx.get(DraftRuleTurns), ctx.get(ChecksFeature)
    service = ProgramDraftService(ctx, records=records, trail=ctx.effects.trail, rules=rules)
    pressing = ProgramDraftPressService(ctx, records=records, kept=answering.kept, rules=rules)
    sender = ProgramReplySender(
        records=records,
        replies=answering.replies,
        kept=answering.kept,
        unheard=ctx.get(UnheardMessages),
        database=ctx.database,
        clock=ctx.clock,
    )
    lapsing = ProgramDraftExpiry(ctx, records=records)
    return Feature(
        name="program drafts",
        services=(pressing,),
        parts=(service,),
        tasks=(lapsing.task(divisor=ctx.divisor),),
        brings=(
            *ProgramDraftPages(service, ctx.get(ApiKeyDoor)).entries(),
            DRAFT_RULE_SENDERS.of(sender),
        ),
    )
