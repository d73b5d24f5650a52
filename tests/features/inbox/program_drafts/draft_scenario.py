"""A program writes drafts, and members press under them."""

from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain


@dataclass
class ProgramDraftScenario:
    """The program, and the bridge that it writes to."""

    program: ApiKeyScenario
    keys: list[str] = field(default_factory=list)

    @property
    def house(self) -> LiveBridge:
        return self.program.house

    async def key(self, scope: str = "drafts", *, role: str = "manager") -> str:
        """A key with this scope and role."""
        self.keys.append(await self.program.made("--scope", scope, "--role", role))
        return self.keys[-1]

    async def ask(
        self, method: str, path: str, key: str, body: Any = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON of one request below the creator's address."""
        where = f"http://{self.house.stage.bridge._settings['LISTEN']}/api/v1/creators"
        headers |= {"Authorization": f"Bearer {key}"}
        raw = body if isinstance(body, bytes) else None
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                method,
                f"{where}/{self.program.handle[1:]}{path}",
                json=None if raw is not None else body,
                data=raw,
                headers=headers,
            ) as answer,
        ):
            return answer.status, await answer.json()

    async def write(self, key: str, fan: StandInFan, once: str = "", **body: Any) -> tuple[int, Any]:
        """A draft for this fan."""
        headers = {"Idempotency-Key": once} if once else {}
        return await self.ask("POST", f"/fans/{fan.uuid}/drafts", key, body, **headers)

    async def drafted(self, key: str, fan: StandInFan, **body: Any) -> tuple[str, StandInMessage]:
        """A draft that stands in the fan's thread: its id and its line."""
        status, told = await self.write(key, fan, **body)
        assert (status, told["state"]) == (201, "waiting"), told
        words = body.get("text") or "from the vault"
        await self.house.shows(fan, words)
        return told["id"], self.line(fan)

    def lines(self, fan: StandInFan) -> list[StandInMessage]:
        """The drafts that stand in the fan's thread."""
        return [m for m in self.house.messages(self.thread(fan)) if "Draft by" in plain(m)]

    def line(self, fan: StandInFan) -> StandInMessage:
        """The only one."""
        (line,) = self.lines(fan)
        assert {"Send", "Edit", "Discard"} <= set(labels(line))
        return line

    def thread(self, fan: StandInFan) -> StandInChannel:
        return self.house.threads(fan)[-1]

    async def press(self, line: StandInMessage, label: str, *, by: str = "mara") -> InteractionAnswer:
        """A member presses a button of it."""
        return await (await self.house.stage.members[by].click(line, label)).done(PATIENCE)

    async def asks(self, answer: InteractionAnswer) -> InteractionAnswer:
        """The answer once it says something beside the draft."""
        await self.house.until(lambda: bool(answer.followups))
        return answer

    async def gone(self, fan: StandInFan) -> None:
        """Return once no draft stands in the fan's thread."""
        await self.house.until(lambda: not self.lines(fan))

    async def state(self, key: str, draft: str) -> str:
        """What its program is told of it."""
        status, told = await self.ask("GET", f"/drafts/{draft}", key)
        assert status == 200, told
        return str(told["state"])
