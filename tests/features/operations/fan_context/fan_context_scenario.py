"""A fan who wrote, paid and was noted down, and a program that reads of them."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.cli import main
from bot.sandbox.fanvue.people import StandInFan
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario, CommandOutcome
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

NAME, WORDS = "Annabelle Quist", "my dog is called Biscuit\nand he\u202e snores"
NOTE, TIP = "Plays the bass in a band", 123_45  # cents


async def well_known(house: LiveBridge) -> None:
    """She writes, is answered, tips, and writes again; Mara writes down what she plays."""
    fan = house.fan(NAME, handle="quist")
    thread = await house.greeted(fan, "hello there")
    await house.reply(thread, text="hello yourself")
    await house.shows(fan, "✓ Sent")
    mara = house.stage.members["mara"]
    await (await mara.slash(house.stage.guild, thread, "fan note add", text=NOTE)).done(PATIENCE)
    await (await mara.slash(house.stage.guild, thread, "fan tag add", tag="vip")).done(PATIENCE)
    paid = await fan.tip(TIP)
    await house.stored(lambda: bool(house.rows("SELECT 1 FROM payments WHERE payment_id = ?", str(paid.id))))
    await fan.write(WORDS)
    await house.shows(fan, "Biscuit")


@dataclass
class FanContextScenario:
    """The program, and whom it asks about."""

    program: ApiKeyScenario

    @property
    def house(self) -> LiveBridge:
        return self.program.house

    @property
    def fan(self) -> StandInFan:
        """The one who is well known."""
        return next(fan for fan in self.house.stage.fans.values() if fan.display_name == NAME)

    async def read(
        self, key: str, query: str = "", *, fan: str | None = None, creator: str | None = None
    ) -> tuple[int, Any]:
        """Status and JSON of what a program is answered."""
        where = f"http://{self.house.stage.bridge._settings['LISTEN']}/api/v1/creators"
        whose = f"{creator or self.program.handle[1:]}/fans/{fan or self.fan.uuid}"
        headers = {"Authorization": f"Bearer {key}"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{where}/{whose}/context?{query}", headers=headers) as answer,
        ):
            return answer.status, await answer.json()

    async def shell(self, *options: str) -> CommandOutcome:
        """`fanvue-bridge context --fan`."""
        env = self.program.folder / "settings.env"
        settings = self.house.stage.bridge._settings
        env.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        env.chmod(0o600)
        asked = ["context", "--env-file", str(env), "--creator", self.program.handle]
        code = await asyncio.to_thread(main.main, [*asked, "--fan", str(self.fan.uuid), *options])
        said = self.program.capsys.readouterr()
        return CommandOutcome(code, said.out, said.err)

    async def told(self, *options: str) -> Any:
        """What that command prints; it went well."""
        outcome = await self.shell(*options)
        assert (outcome.code, outcome.said) == (0, "")
        return json.loads(outcome.out)
