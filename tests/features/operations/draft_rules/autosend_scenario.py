"""An owner sets rules, and a program writes what leaves by them."""

from dataclasses import dataclass
from typing import Any

from bot.features.operations.draft_rules.model import KINDS
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.proofs.faults.live_bridge import PATIENCE


@dataclass
class AutosendScenario(ProgramDraftScenario):
    """The owner is luna."""

    async def commands(self, command: str, *, by: str = "luna", **values: Any) -> InteractionAnswer:
        """A command in the server's first channel."""
        stage = self.house.stage
        lobby = stage.discord.world.channels[stage.guild.channel_ids[0]]
        member = stage.owner if by == "luna" else stage.members[by]
        return await (await member.slash(stage.guild, lobby, command, **values)).done(PATIENCE)

    async def sets(self, *, by: str = "luna", kind: str = "reply", **values: Any) -> InteractionAnswer:
        """/inbox autosend."""
        return await self.commands("inbox autosend", by=by, kind=kind, **values)

    async def allows(self, **values: Any) -> str:
        """The owner says yes to the question; what they read then."""
        question = await self.sets(**values)
        assert question.message is not None
        await (await self.house.stage.owner.click(question.message, "Allow")).done(PATIENCE)
        await self.house.until(lambda: "without a press?" not in question.text)
        return question.text

    async def limits_prices(self, **values: str) -> None:
        """The owner sets what a role may ask for."""
        question = await self.commands("money price limits", **values)
        assert question.message is not None
        asked = question.text
        await (await self.house.stage.owner.click(question.message, "Yes, set it")).done(PATIENCE)
        await self.house.until(lambda: question.text != asked)

    async def answers(self, key: str, fan: StandInFan, text: str) -> str:
        """The program answers what the fan wrote last: the id of its draft, whose line is there."""
        read = fan.chat()[-1].uuid
        status, told = await self.write(key, fan, text=text, answers=str(read))
        assert status == 201, told
        await self.house.shows(fan, text)
        return str(told["id"])

    async def told(self, key: str, draft: str) -> Any:
        """What its program is told of it."""
        return (await self.ask("GET", f"/drafts/{draft}", key))[1]

    async def ends(self) -> None:
        """Everything that a test left."""
        for key in self.keys:
            await self.program.keys("revoke", key.split(".")[1])
        for kind in KINDS:
            await self.sets(kind=kind.value, limit=0)
