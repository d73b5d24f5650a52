"""A whole evening with traces: nothing of anybody is in the bytes that leave."""

import asyncio
from pathlib import Path

from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.database_place import settings_in
from tests.features.operations.telemetry.collector_stand_in import CollectorStandIn
from tests.journeys.conftest import SPEED
from tests.journeys.test_replying import thread_with
from tests.warm_bridge import WarmProgram

MARK = "zimtschnecke-1723"
SAID = {"bridge.kind", "bridge.network", "bridge.attempt", "bridge.outcome"}


def people(stage: DemoStage) -> set[str]:
    """The ids and names of everybody and everything there, as Discord and Fanvue write them."""
    discord = stage.discord.world
    fans = [word for fan in stage.fans.values() for word in (fan.uuid, fan.handle)]
    ids = [*discord.channels, *discord.users, *discord.guilds]
    messages = [one for found in discord.messages.values() for one in found]
    texts = [message.text or "" for fan in stage.fans.values() for message in fan.inbox()]
    return {*map(str, (*ids, *messages)), *fans, *texts, stage.creator.uuid, stage.public_url}


async def test_an_evening_leaves_nothing_of_anybody_in_its_traces(tmp_path: Path) -> None:
    async with CollectorStandIn() as collector:
        more = {**collector.settings, **settings_in(tmp_path)}
        async with staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **more) as stage:
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _said: None)
            await play.perform()
            await stage.fans["sam_k"].write(f"my cat is called {MARK}")
            await thread_with(play, "sam_k", MARK)
            await stage.bridge.stop()
            known = {one for one in people(stage) if len(one) > 3}
        collector.hear()
    sent = b"\n".join(collector.bodies)
    spans = collector.spans

    assert {one.name.partition(" ")[0] for one in spans} >= {
        "webhook",
        "command",
        "decide",
        "deliver",
        "call",
    }
    assert len(collector.trace_with("deliver chat.send")) > 20
    assert {word for one in spans for word in one.words} == SAID
    assert MARK.encode() not in sent
    assert [one for one in known if one.encode() in sent] == []
