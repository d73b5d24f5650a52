"""Builds what reads chats on Fanvue, live and in sweeps, and who is told of them."""

import asyncio

from bot.fanvue.chats import FanvueChatAdapter
from bot.fanvue.event_storage import event_from, stored
from bot.fanvue.sweep import FanvueSweep
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.purchases.chat_observer import CHAT_LIST_OBSERVERS, ObservedChats, ObservedSweep
from bot.features.inbox.purchases.feature import PurchasesFeature
from bot.features.signals import MASS_MESSAGE_DUE
from bot.relay.reconciliation import Reconciliation, open_second
from bot.relay.unheard_messages import UnheardMessages
from storage.records import CreatorId


def build(ctx: FeatureContext) -> Feature:
    """A read of a chat tells of what was offered there and bought."""
    noticing, observers = ctx.get(PurchasesFeature).noticing, ctx.brought(CHAT_LIST_OBSERVERS, "chats")
    port = FanvueSweep(ctx.fanvue, ctx.identity, asyncio.sleep)
    found = _reconciliation(ctx, port, ObservedSweep(port, noticing, observers))
    read = FanvueChatAdapter(ctx.fanvue, ctx.identity, ctx.clock)
    chats = ObservedChats(read, noticing)
    unheard = UnheardMessages(ctx, chats=chats, finding=found.finding)

    async def due(creator: CreatorId) -> None:
        found.soon(creator)

    return Feature(
        name="chats",
        parts=(ctx.points.around("fanvue", chats), found, unheard, read.room),
        listeners=(MASS_MESSAGE_DUE.to(due),),
    )


def _reconciliation(ctx: FeatureContext, port: FanvueSweep, observed: ObservedSweep) -> Reconciliation:
    made = open_second(
        ctx,
        observed,
        store=stored,
        recall=event_from,
        hint=ctx.dispatch.hint,
        catching_up=ctx.catching_up,
    )
    # What came live must not wait for a sweep that itself waits for its turn at Fanvue.
    made.sweeps.skipping = ctx.metrics.skipped
    made.outage.counted = ctx.metrics.chat_lists_unread
    port.on_wait = made.catching_up.over
    return made
