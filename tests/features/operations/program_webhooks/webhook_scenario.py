"""A running bridge, a program with a key, and the server where it hears of events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.fanvue.people import StandInFan
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario, CommandOutcome
from tests.program_server import ProgramServer, ReceivedEvent
from tests.proofs.faults.live_bridge import LiveBridge


@dataclass
class WebhookScenario:
    """The shell makes a webhook; then the test does what there is to tell of."""

    program: ApiKeyScenario
    receiver: ProgramServer
    key: str = ""
    webhook: str = ""

    @property
    def house(self) -> LiveBridge:
        return self.program.house

    async def has_key(self, *options: str) -> str:
        """The id of a new key."""
        self.key = await self.program.made(*options)
        return self.key.split(".")[1]

    async def listens(
        self, *options: str, key: tuple[str, ...] = ("--scope", "chats", "--role", "owner")
    ) -> str:
        """The program is told of events from now on; the webhook's id."""
        outcome = await self.shell(
            "add", "--url", self.receiver.url, "--key", await self.has_key(*key), *options
        )
        assert outcome.code == 0, outcome.said
        self.receiver.secret = outcome.out
        self.webhook = outcome.said.split()[1]
        return self.webhook

    async def shell(self, deed: str, *options: str, creator: str | None = None) -> CommandOutcome:
        """`fanvue-bridge webhooks`."""
        return await self.program.keys(deed, *options, creator=creator, command="webhooks")

    async def hears(self, kind: str, number: int = 1) -> list[ReceivedEvent]:
        """So many events of this type, each id once: what was taken slowly may come again."""

        def heard() -> list[ReceivedEvent]:
            return list({one.id: one for one in self.receiver.taken(kind)}.values())

        await self.house.until(lambda: len(heard()) >= number)
        return heard()

    async def hears_about(self, type_: str, fan: StandInFan, **said: str) -> list[ReceivedEvent]:
        """The events of this type about one fan that say this, each id once.

        The sweep tells of other fans meanwhile, and of what this one paid before.
        """

        def fits(data: Mapping[str, Any]) -> bool:
            return (data["fan"] or {}).get("id") == fan.uuid and all(
                data[name] == word for name, word in said.items()
            )

        def about() -> dict[str, ReceivedEvent]:
            return {one.id: one for one in self.receiver.taken(type_) if fits(one.event["data"])}

        await self.house.until(lambda: bool(about()))
        return list(about().values())

    async def ask(
        self, method: str, path: str = "", body: Any = None, key: str | None = None, creator: str = ""
    ) -> tuple[int, Any]:
        """Status and JSON of the program's own request."""
        return await self._request(method, f"{creator or self.program.handle[1:]}/webhooks{path}", body, key)

    async def drafts(self, fan: StandInFan, text: str) -> tuple[int, Any]:
        """The program writes a draft."""
        return await self._request(
            "POST", f"{self.program.handle[1:]}/fans/{fan.uuid}/drafts", {"text": text}
        )

    async def about(self, path: str, method: str, body: Any = None) -> tuple[int, Any]:
        """A request of the program's below the creator's address."""
        return await self._request(method, f"{self.program.handle[1:]}/{path}", body)

    async def _request(self, method: str, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
        url = f"http://{self.house.stage.bridge._settings['LISTEN']}/api/v1/creators/{path}"
        headers = {"Authorization": f"Bearer {key or self.key}"}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, json=body, headers=headers) as answer,
        ):
            return answer.status, await answer.json()
