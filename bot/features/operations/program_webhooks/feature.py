"""Builds webhooks that tell programs of events."""

import os

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.operator_requests.door import OperatorDoor
from bot.features.operations.program_webhooks.delivery import ProgramEventDelivery
from bot.features.operations.program_webhooks.hearing import ProgramEventRecorder
from bot.features.operations.program_webhooks.model import KIND
from bot.features.operations.program_webhooks.pages import ProgramWebhookPages
from bot.features.operations.program_webhooks.records import ProgramWebhookRecords
from bot.features.operations.program_webhooks.sender import WebhookSender
from bot.features.operations.program_webhooks.service import ProgramWebhookService
from bot.features.signals import FACT_DECIDED, PROGRAM_DRAFT_ENDED


def build(ctx: FeatureContext) -> Feature:
    """After keys: an event tells what a key may read."""
    records = ProgramWebhookRecords(ctx)
    hearing = ProgramEventRecorder(records, ctx.clock)
    service = ProgramWebhookService(ctx, records=records, random=os.urandom)
    sender = WebhookSender()
    delivery = ProgramEventDelivery(ctx, records=records, keys=ctx.get(ApiKeyService), sender=sender)
    pages = ProgramWebhookPages(service, ctx.get(ApiKeyDoor), ctx.get(OperatorDoor), ctx.clock)
    return Feature(
        name="program webhooks",
        parts=(service,),
        effects={KIND: delivery},
        listeners=(FACT_DECIDED.to(hearing.happened), PROGRAM_DRAFT_ENDED.to(hearing.draft_ended)),
        brings=pages.entries(),
        ends=(sender.close,),
    )
