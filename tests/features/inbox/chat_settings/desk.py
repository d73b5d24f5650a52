"""`Marking` of a desk: says what it was told."""

from bot.features.inbox.chat_settings.service import ChatSettingsService
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ChatSettingsService,
    read="Read.",
    mute=lambda on: f"Muted: {on}.",
    nickname=lambda name: f"Called {name}.",
)
