"""Builds what marks chats on Fanvue."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.inbox.chat_settings.effects import KIND, ChatSettingsHandler, ChatSettingsPort
from bot.features.inbox.chat_settings.service import ChatSettingsService
from bot.model.acting_account import ActingAccountChooser
from bot.relay.context import Context


@dataclass(frozen=True)
class ChatSettingsFeature:
    """The parts that the rest of the program speaks to."""

    marking: ChatSettingsService
    deed: ChatSettingsHandler

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the marks' own."""
        return {KIND: self.deed}


def open_marking(on: Context, there: ChatSettingsPort, voices: ActingAccountChooser) -> ChatSettingsFeature:
    """`there`: the chats on Fanvue; `voices` chooses through whose account."""
    deed = ChatSettingsHandler(
        database=on.database, there=there, effects=on.effects, clock=on.clock, voices=voices
    )
    return ChatSettingsFeature(
        ChatSettingsService(database=on.database, effects=on.effects, ids=on.ids), deed
    )
