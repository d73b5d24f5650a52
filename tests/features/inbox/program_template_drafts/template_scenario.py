"""A program drafts templates, and leads read and save them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from tests.features.operations.channel_drafts.channel_scenario import ChannelDraftScenario
from tests.proofs.faults.live_bridge import PATIENCE


@dataclass
class ProgramTemplateScenario(ChannelDraftScenario):
    """The program with its keys, and the alerts channel that its drafts appear in."""

    path = "template-drafts"
    title = "Template"

    async def opens(self, line: StandInMessage) -> InteractionAnswer:
        """The owner opens it: the window."""
        pressed = await self.house.stage.owner.click(line, "Open")
        await pressed.opened(PATIENCE)
        return pressed

    async def saves(self, window: InteractionAnswer, **fields: Any) -> InteractionAnswer:
        """The owner sends a window; what is not typed stays as it was."""
        return await (await self.house.stage.owner.submit(window, fields)).done(PATIENCE)

    async def shown(self, name: str) -> str:
        """What /template show says of it."""
        stage = self.house.stage
        answer = await stage.owner.slash(stage.guild, stage.lobby, "template show", template=name)
        return (await answer.done(PATIENCE)).text
