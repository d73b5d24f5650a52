"""An assistant at a desk: it names what it was asked."""

from bot.features.inbox.assistant.service import AssistantService
from bot.features.inbox.assistant.setting import AssistantSetting
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    AssistantService,
    read=lambda language: Post(body=(f"In {language}.",)),
    read_kept=lambda language: Post(body=(f"Yours, in {language}.",)),
    draft=Post(body=("A draft.",)),
    answer=lambda text: Post(body=(f"Translated: {text}",)),
) | answering(AssistantSetting, change=lambda wanted: f"Wanted: {len(wanted)}.", allow="Allowed.")
