"""Builds the context of fans for agents and other programs."""

import asyncio

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.features.operations.creator_context.reader_doors import ReaderDoors
from bot.features.operations.fan_context.card_section import CardSectionReader
from bot.features.operations.fan_context.pages import fan_context_pages
from bot.features.operations.fan_context.service import FanContextService


def build(ctx: FeatureContext) -> Feature:
    """It reads what people read in a fan's thread, for the operator's shell and for keys."""
    cards = CardSectionReader(ctx.clock, ctx.sealer, ctx.effects.trail.pseudonyms, ctx.get(NotesFeature))
    service = FanContextService(ctx, cards=cards, chats=ctx.get(ObservedChats), pause=asyncio.sleep)
    pages = fan_context_pages(service, ctx.get(ReaderDoors))
    return Feature(name="fan_context", parts=(service,), brings=pages)
