"""A program drafts mass messages, and managers open them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain


@dataclass
class ProgramMassScenario:
    """The program with its keys, and the alerts channel that its drafts appear in."""

    writing: ProgramDraftScenario

    @property
    def house(self) -> LiveBridge:
        return self.writing.house

    async def key(self, *options: str) -> str:
        """A key that writes drafts."""
        made = await self.writing.program.made("--scope", "drafts", *options)
        self.writing.keys.append(made)
        return made

    def list_of(self, name: str, *members: StandInFan) -> None:
        """A list of the creator's own."""
        self.house.stage.fanvue.world.add_list(self.house.stage.creator, name, members)

    async def writes(self, key: str, once: str = "", **body: Any) -> tuple[int, Any]:
        """A draft: status and JSON."""
        headers = {"Idempotency-Key": once} if once else {}
        if "without" in body:
            body["except"] = body.pop("without")
        return await self.writing.ask("POST", "/mass-drafts", key, body, **headers)

    async def drafted(self, key: str, **body: Any) -> tuple[str, StandInMessage]:
        """A draft that stands in the alerts channel: its id and its line."""
        before = {message.id for message in self.house.reports()}  # a line that ends is edited a little later
        status, told = await self.writes(key, **body)
        assert (status, told["state"]) == (201, "waiting"), told
        await self.house.until(lambda: any(line.id not in before for line in self.lines()))
        (line,) = (line for line in self.lines() if line.id not in before)
        return told["id"], line

    def lines(self) -> list[StandInMessage]:
        """Drafts in the alerts channel that wait."""
        return [m for m in self.house.reports() if "Mass message drafted by" in plain(m) and labels(m)]

    async def press(self, line: StandInMessage, label: str, *, by: str | None = None) -> InteractionAnswer:
        """The owner, or a member, presses a button of it."""
        stage = self.house.stage
        who = stage.owner if by is None else stage.members[by]
        return await (await who.click(line, label)).done(PATIENCE)

    async def opens(self, line: StandInMessage) -> PhoneStandIn:
        """The owner opens it: what they see."""
        answer = await self.press(line, "Open")
        phone = PhoneStandIn(self.house)
        phone._message = answer.message
        return phone

    async def tells(self, key: str, draft: str, method: str = "GET") -> Any:
        """What its program is told of it."""
        status, told = await self.writing.ask(method, f"/mass-drafts/{draft}", key)
        assert status == 200, told
        return told

    def sent(self) -> list[FanvueLedgerEntry]:
        """All mass messages that Fanvue accepted."""
        return list(self.house.stage.fanvue.ledger.of("mass"))
