"""A program writes drafts of one kind, and members press under them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage, walk
from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain


@dataclass
class ChannelDraftScenario:
    """The program with its keys, and the alerts channel that its drafts appear in."""

    writing: ProgramDraftScenario
    path: ClassVar[str] = ""  # mass-drafts
    title: ClassVar[str] = ""  # Mass message

    @property
    def house(self) -> LiveBridge:
        return self.writing.house

    async def key(self, *options: str) -> str:
        """A key that writes drafts."""
        made = await self.writing.program.made("--scope", "drafts", *options)
        self.writing.keys.append(made)
        return made

    async def writes(self, key: str, once: str = "", **body: Any) -> tuple[int, Any]:
        """A draft: status and JSON."""
        headers = {"Idempotency-Key": once} if once else {}
        return await self.writing.ask("POST", f"/{self.path}", key, body, **headers)

    async def drafted(self, key: str, **body: Any) -> tuple[str, StandInMessage]:
        """A draft that stands in the alerts channel: its id and its line."""
        status, told = await self.writes(key, **body)
        assert (status, told["state"]) == (201, "waiting"), told
        draft = str(told["id"])
        await self.house.until(lambda: any(_is_of(line, draft) for line in self.lines()))
        (line,) = (line for line in self.lines() if _is_of(line, draft))
        return draft, line

    def lines(self) -> list[StandInMessage]:
        """Drafts in the alerts channel that wait."""
        return [m for m in self.house.reports() if f"{self.title} drafted by" in plain(m) and labels(m)]

    async def press(self, line: StandInMessage, label: str, *, by: str | None = None) -> InteractionAnswer:
        """The owner, or a member, presses a button of it."""
        stage = self.house.stage
        who = stage.owner if by is None else stage.members[by]
        return await (await who.click(line, label)).done(PATIENCE)

    async def ends(self, says: str) -> None:
        """Return once the line of a draft says this end."""
        await self.house.until(
            lambda: f"{self.title} drafted by n8n: {says}" in map(plain, self.house.reports())
        )

    async def tells(self, key: str, draft: str, method: str = "GET") -> Any:
        """What its program is told of it."""
        status, told = await self.writing.ask(method, f"/{self.path}/{draft}", key)
        assert status == 200, told
        return told

    async def left(self) -> None:
        """Its keys end, and its drafts with them."""
        for key in self.writing.keys:
            await self.writing.program.keys("revoke", key.split(".")[1])
        # One whose line has not appeared yet waits, too, and would count in the next test.
        await self.house.stored(lambda: not any(map(self._waits, self.writing.keys)))
        await self.house.until(lambda: self.lines() == [])

    def _waits(self, key: str) -> bool:
        """Whether a draft of this key is open."""
        sql = "SELECT 1 FROM drafts WHERE state = 'open' AND target LIKE ?"
        return bool(self.house.rows(sql, f"%{key.split('.')[1]}%"))


def _is_of(line: StandInMessage, draft: str) -> bool:
    """Whether this line's buttons name this draft: one of an earlier test may appear late."""
    return any(draft in str(part.get("custom_id", "")) for part in walk(line.components))
