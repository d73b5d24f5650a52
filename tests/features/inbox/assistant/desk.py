"""An assistant at a desk: it names what it was asked."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import Permit
from bot.engine.commands import CommandWish
from bot.features.inbox.assistant.model import AssistantUse
from bot.features.inbox.assistant.service import AnswerStanding, AssistantService
from bot.features.inbox.assistant.setting import AssistantSetting
from bot.model.ports import Post
from storage.records import DiscordId, DraftId, EffectId
from tests.discord.desk import Desk, DeskServices


class DeskAssistant:
    """Helps with whatever is pressed."""

    async def read(self, channel: DiscordId, line: EffectId, language: str) -> Post:
        return Post(body=(f"In {language}.",))

    async def read_kept(self, wish: CommandWish, ref: DraftId, language: str) -> Post:
        return Post(body=(f"Yours, in {language}.",))

    async def draft(self, wish: CommandWish, line: EffectId, window: DraftId, as_: AnswerStanding) -> Post:
        return Post(body=("A draft.",))

    async def answer(
        self, wish: CommandWish, line: EffectId, window: DraftId, as_: AnswerStanding, text: str
    ) -> Post:
        return Post(body=(f"Translated: {text}",))


class DeskAssistantSetting:
    """Allows whatever is wanted."""

    async def change(self, permit: Permit, wanted: Mapping[AssistantUse, bool]) -> Post | str:
        return f"Wanted: {len(wanted)}."

    async def allow(self, permit: Permit, key: str) -> str:
        return "Allowed."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AssistantService: DeskAssistant(), AssistantSetting: DeskAssistantSetting()}
