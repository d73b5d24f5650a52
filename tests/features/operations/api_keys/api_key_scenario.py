"""A running bridge, the operator's shell beside it, and a program that has a key."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.cli import main
from tests.proofs.faults.live_bridge import LiveBridge


@dataclass(frozen=True)
class CommandOutcome:
    """What one command came to."""

    code: int
    out: str
    said: str


@dataclass
class ApiKeyScenario:
    """The bridge runs; the shell and programs ask it."""

    house: LiveBridge
    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def handle(self) -> str:
        return f"@{self.house.stage.creator.handle}"

    async def keys(
        self, deed: str, *options: str, creator: str | None = None, command: str = "api-keys"
    ) -> CommandOutcome:
        """`fanvue-bridge api-keys`, or another command of the operator's."""
        env = self.folder / "settings.env"
        env.write_text("".join(f"{k}='{v}'\n" for k, v in self.house.stage.bridge._settings.items()))
        env.chmod(0o600)
        arguments = [command, deed, "--env-file", str(env), "--creator", creator or self.handle]
        code = await asyncio.to_thread(main.main, [*arguments, *options])
        said = self.capsys.readouterr()
        return CommandOutcome(code, said.out.strip(), said.err.strip())

    async def made(self, *options: str) -> str:
        """The text of a new key."""
        outcome = await self.keys("new", "--name", "n8n", *options)
        assert outcome.code == 0, outcome.said
        return outcome.out

    async def reads(
        self, key: str | None, query: str = "fields=waiting", creator: str | None = None
    ) -> tuple[int, Any, Any]:
        """Status, JSON and headers of what a program is answered at the public address."""
        settings = self.house.stage.bridge._settings
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        url = f"http://{settings['LISTEN']}/api/v1/creators/{creator or self.handle[1:]}/context?{query}"
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            return answer.status, await answer.json(), answer.headers
