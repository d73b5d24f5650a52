"""What is new in Fanvue's answers, where several processes read them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from bot.sandbox.stage import staged
from tests import postgres
from tests.bridge_cluster import WEB, BridgeCluster
from tests.journeys.conftest import SPEED
from tests.journeys.test_figures import figures
from tests.journeys.test_processes import cluster, doctor
from tests.journeys.test_replying import PATIENCE

pytestmark = pytest.mark.server


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna is linked; one process each, and two workers, on one server."""
    with postgres.emptied() as url:
        async with staged(tmp_path, BridgeCluster, speed=SPEED, seed=7, DATABASE_URL=url) as stage:
            said: list[str] = []
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), said.append)
            await play.open_house()
            yield play


async def test_it_counts_once_in_every_process_and_is_told_when_all_are_gone(
    play: EveningPlay, tmp_path: Path
) -> None:
    processes = cluster(play)
    counted = 'bridge_fanvue_drift_total{kind="row",operation="messages"}'

    def told() -> int:
        return sum(processes.logged(name, "Fanvue answers something new") for name in processes.parts)

    async def by_all() -> bool:
        seen = [(await figures(part)).get(counted, 0) for part in processes.parts.values()]
        return told() > 0 and all(seen)

    play.stage.fanvue.switches.renamed = {("/messages", "uuid"): "identity"}
    for fan in play.stage.fans.values():  # each worker has some of them, and reads their chats
        await fan.write("look at this", media=1)
    await until(by_all, PATIENCE)
    kept = await processes.asked("SELECT operation, kind, what FROM fanvue_drift")
    seen = {(await figures(part))[counted] for part in processes.parts.values()}
    await processes.kill()
    found = await doctor(play, WEB, tmp_path)

    assert kept == [("messages", "row", "no uuid")]
    assert (seen, told()) == ({1.0}, 1)
    assert found["Fanvue's answers"][1].endswith("messages, row, no uuid")
