"""Builds what marks chats on Fanvue."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.chat_settings.effects import KIND, ChatSettingsHandler
from bot.features.inbox.chat_settings.fanvue import FanvueChatSettings
from bot.features.inbox.chat_settings.service import ChatSettingsService


def build(ctx: FeatureContext) -> Feature:
    """Members' changes of chats, through their own account where they have one."""
    there = ctx.points.around("marks", FanvueChatSettings(ctx.fanvue, ctx.identity))
    handler = ChatSettingsHandler(ctx, there=there, voices=ctx.accounts)
    return Feature(
        name="chat settings",
        services=(ChatSettingsService(ctx),),
        effects={KIND: handler},
    )
