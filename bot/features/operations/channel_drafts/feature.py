"""Builds drafts of the alerts channel, whatever their kinds."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.channel_drafts.expiry import ChannelDraftExpiry
from bot.features.operations.channel_drafts.model import CHANNEL_DRAFT_DEEDS, CHANNEL_DRAFT_KINDS
from bot.features.operations.channel_drafts.pages import ChannelDraftPages
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.channel_drafts.rule_sender import ChannelDraftRuleSender
from bot.features.operations.channel_drafts.service import ChannelDraftService
from bot.features.operations.draft_rules.model import DRAFT_RULE_SENDERS
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.signals import PROGRAM_DRAFT_ENDED, PROGRAM_DRAFT_TAKEN
from bot.model.draft_source import DraftKind


@dataclass(frozen=True)
class ChannelDraftsFeature:
    """The parts that the rest of the program speaks to."""

    writing: Mapping[DraftKind, ChannelDraftService]
    records: ChannelDraftRecords


def build(ctx: FeatureContext) -> Feature:
    """After keys, which let programs in, and after every kind."""
    rules = ctx.get(DraftRuleTurns)
    kinds = ctx.brought(CHANNEL_DRAFT_KINDS, "channel drafts")
    records = ChannelDraftRecords(ctx, kinds, ended=ctx.listeners.telling(PROGRAM_DRAFT_ENDED))
    writing = {kind.kind: ChannelDraftService(ctx, kind, records=records, rules=rules) for kind in kinds}
    pressing = ChannelDraftPressService(ctx, records=records, rules=rules)
    lapsing = ChannelDraftExpiry(ctx, records=records)
    senders = [
        ChannelDraftRuleSender(ctx, deed, records=records)
        for deed in ctx.brought(CHANNEL_DRAFT_DEEDS, "channel drafts")
    ]
    pages = [ChannelDraftPages(service, ctx.get(ApiKeyDoor)) for service in writing.values()]
    return Feature(
        name="channel drafts",
        services=(pressing,),
        parts=(ChannelDraftsFeature(writing, records),),
        tasks=(lapsing.task(divisor=ctx.divisor),),
        listeners=(PROGRAM_DRAFT_TAKEN.to(pressing.saved),),
        brings=(
            *(entry for one in pages for entry in one.entries()),
            *(DRAFT_RULE_SENDERS.of(sender) for sender in senders),
        ),
    )
