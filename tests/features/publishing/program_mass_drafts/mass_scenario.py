"""A program drafts mass messages, and managers open them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.people import StandInFan
from tests.features.operations.channel_drafts.channel_scenario import ChannelDraftScenario
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn


@dataclass
class ProgramMassScenario(ChannelDraftScenario):
    """The program with its keys, and the alerts channel that its drafts appear in."""

    path = "mass-drafts"
    title = "Mass message"

    def list_of(self, name: str, *members: StandInFan) -> None:
        """A list of the creator's own."""
        self.house.stage.fanvue.world.add_list(self.house.stage.creator, name, members)

    async def writes(self, key: str, once: str = "", **body: Any) -> tuple[int, Any]:
        """A draft: status and JSON; `except` is no word for Python."""
        if "without" in body:
            body["except"] = body.pop("without")
        return await super().writes(key, once, **body)

    async def opens(self, line: StandInMessage) -> PhoneStandIn:
        """The owner opens it: what they see."""
        answer = await self.press(line, "Open")
        phone = PhoneStandIn(self.house)
        phone._message = answer.message
        return phone

    def sent(self) -> list[FanvueLedgerEntry]:
        """All mass messages that Fanvue accepted."""
        return list(self.house.stage.fanvue.ledger.of("mass"))
