"""Discord is gone, or never was there: the operator hears of it elsewhere."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.journeys.conftest import SPEED
from tests.warm_bridge import WarmProgram

PATIENCE = patience.SECONDS
OFTEN = {"WINDOW_DIVISOR": "120"}  # it looks twice a second


def addresses(far: PeerStandIn) -> dict[str, str]:
    return {"OPERATOR_WEBHOOK_URL": f"{far.url}/hook", "OPERATOR_PING_URL": f"{far.url}/ping"}


def told(far: PeerStandIn) -> list[str]:
    return [f"{one.json['check']} {one.json['state']}" for one in far.seen if one.path == "/hook"]


async def until(far: PeerStandIn, heard: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not heard():
            far.arrived.clear()
            await far.arrived.wait()


def pings(far: PeerStandIn) -> list[str]:
    return [one.path for one in far.seen if one.path.startswith("/ping")]


async def test_that_discord_refuses_the_token_is_told_beside_discord_and_so_is_its_end(
    tmp_path: Path,
) -> None:
    async with (
        PeerStandIn() as far,
        staged(
            tmp_path, WarmProgram, speed=SPEED, seed=7, **addresses(far), **OFTEN, **settings_in(tmp_path)
        ) as stage,
    ):
        await until(far, lambda: "/ping" in pings(far))
        stage.discord.faults.drop_gateway(4004)
        await until(far, lambda: "discord begun" in told(far) and pings(far)[-1] == "/ping/fail")
        await stage.bridge.stop()
        await stage.bridge.start()
        await until(far, lambda: "discord ended" in told(far))

        assert [one for one in told(far) if one.startswith("discord")] == ["discord begun", "discord ended"]
        assert pings(far)[-1] == "/ping"
        log = (tmp_path / "bridge.log").read_text()
        assert far.url not in log


async def test_a_bridge_that_cannot_begin_says_so_once(tmp_path: Path) -> None:
    async with PeerStandIn() as far:
        for _ in range(2):
            with pytest.raises(ProgramFailed, match="ended with 78"):
                async with staged(
                    tmp_path,
                    WarmProgram,
                    speed=SPEED,
                    seed=7,
                    **addresses(far),
                    **settings_in(tmp_path),
                    DISCORD_TOKEN="NDI0Mg.x.y",  # of another application
                ):
                    pass

        assert told(far) == ["stopped begun"]
        assert pings(far) == []
