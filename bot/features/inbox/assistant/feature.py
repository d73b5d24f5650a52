"""Builds the assistant that translates and drafts."""

import asyncio
import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.assistant import setting_rows, texts
from bot.features.inbox.assistant.line_reader import FanLineReader
from bot.features.inbox.assistant.model import AssistantUse
from bot.features.inbox.assistant.openai_server import OpenAiServer
from bot.features.inbox.assistant.permission import AssistantPermission
from bot.features.inbox.assistant.service import AssistantEngine, AssistantService
from bot.features.inbox.assistant.setting import AssistantSetting
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.relay.redaction import FAN_LINE_BUTTONS, LineButton, LineButtons
from storage.database import Transaction
from storage.records import CreatorId

_BUTTONS = {
    AssistantUse.TRANSLATE: LineButton(texts.READ, texts.TRANSLATE_LABEL),
    AssistantUse.DRAFT: LineButton(texts.DRAFT, texts.DRAFT_LABEL),
}


def build_permission(ctx: FeatureContext) -> Feature:
    """Before settings, which show it."""
    url, model = ctx.settings.assistant_url, ctx.settings.assistant_model
    permission = AssistantPermission(urlsplit(url).netloc if url else None, texts.engine_name(model))
    setting = AssistantSetting(
        ctx, permission=permission, mark=hashlib.sha256((permission.server or "").encode()).hexdigest()[:16]
    )
    return Feature(
        name="assistant permission",
        services=(setting,),
        parts=(permission,),
        brings=setting_rows.rows(permission),
    )


def build(ctx: FeatureContext) -> Feature:
    """After what reads chats. Where no assistant is set up, no line has a button more."""
    permission, settings = ctx.get(AssistantPermission), ctx.settings
    key = settings.assistant_key.get_secret_value() if settings.assistant_key is not None else ""
    url = settings.assistant_url
    server = OpenAiServer(url, model=settings.assistant_model, key=key) if url is not None else None
    answering = ctx.get(ChecksFeature)
    service = AssistantService(
        ctx,
        permission=permission,
        engine=None if server is None else AssistantEngine(permission.engine, server, server),
        lines=FanLineReader(ctx.effects),
        chats=ctx.get(ObservedChats),
        replies=answering.replies,
        kept=answering.kept,
        pause=asyncio.sleep,
    )
    return Feature(
        name="assistant",
        services=(service,),
        brings=() if server is None else (FAN_LINE_BUTTONS.of(_offers(permission)),),
        ends=() if server is None else (server.close,),
    )


def _offers(permission: AssistantPermission) -> LineButtons:
    async def buttons(tx: Transaction, creator: CreatorId) -> Sequence[LineButton]:
        given = await permission.given(tx, creator)
        return [button for use, button in _BUTTONS.items() if use in given]

    return buttons
