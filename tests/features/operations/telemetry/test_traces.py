"""A fan writes and a member answers: one trace each, with all its parts."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.free_ports import free_port
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation
from bot.sandbox.stage import staged
from tests import postgres
from tests.bridge_cluster import BridgeCluster
from tests.database_place import settings_in
from tests.fanvue.peer_stand_in import never, reply
from tests.features.operations.telemetry.collector_stand_in import CollectedSpan, CollectorStandIn
from tests.journeys import test_replying
from tests.journeys.conftest import SPEED
from tests.journeys.test_replying import PATIENCE, thread_with
from tests.warm_bridge import WarmProgram

WEBHOOK, COMMAND = "webhook FanWrote", "command"
TO_THREAD = {WEBHOOK, "decide", "deliver post", "call discord write"}
TO_FAN = {COMMAND, "deliver chat.send", "call fanvue write", "deliver reply.post", "call discord write"}


@asynccontextmanager
async def opened(folder: Path, program: type[BridgeInstallation], **more: str) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account."""
    async with staged(folder, program, speed=SPEED, seed=7, **more) as stage:
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _said: None)
        await play.open_house()
        yield play


async def talked(play: EveningPlay, handle: str) -> None:
    """A fan writes, and is answered."""
    await play.stage.fans[handle].write(f"hello from {handle}")
    thread = await thread_with(play, handle, f"hello from {handle}")
    if isinstance(play.stage.bridge, BridgeCluster):  # a line counts as read once a worker has noted it
        await play.stage.bridge.settled(PATIENCE, play.stage.fans[handle].uuid)
    answer = await test_replying.reply(play, thread, text=f"hello {handle}")
    assert "On its way" in answer.text
    await thread_with(play, handle, "✓ Sent")


def named(spans: Iterable[CollectedSpan], name: str) -> CollectedSpan:
    (found,) = (one for one in spans if one.name == name)
    return found


def roles(spans: Iterable[CollectedSpan], name: str) -> set[str]:
    return {one.role for one in spans if one.name == name}


def assert_whole(spans: Iterable[CollectedSpan], first: str) -> None:
    """One span begins it, and all others are below it and have ended well."""
    spans = list(spans)
    known = {one.span for one in spans}
    assert [one.name for one in spans if not one.parent] == [first]
    assert all(one.parent in known for one in spans if one.parent)
    assert len(known) == len(spans)
    assert [one for one in spans if one.failed or not one.outcome or one.began > one.ended] == []


async def test_from_webhook_to_post_and_from_reply_to_fanvues_answer_is_one_trace_each(
    tmp_path: Path,
) -> None:
    async with CollectorStandIn() as collector:
        more = {**collector.settings, **settings_in(tmp_path)}
        async with opened(tmp_path, WarmProgram, **more) as play:
            await talked(play, "sam_k")
            (to_thread,) = await collector.whole(WEBHOOK, TO_THREAD)
            (to_fan,) = await collector.whole("deliver chat.send", TO_FAN)
        collector.hear()

    assert_whole(to_thread, WEBHOOK)
    assert_whole(to_fan, COMMAND)
    sent, call = named(to_fan, "deliver chat.send"), named(to_fan, "call fanvue write")
    assert call.parent == sent.span
    assert sent.words == {
        "bridge.kind": "chat.send",
        "bridge.network": "fanvue",
        "bridge.attempt": 1,
        "bridge.outcome": "done",
    }
    assert {one.role for one in collector.spans} == {"all"}


@pytest.mark.server
async def test_several_processes_make_one_trace_together(tmp_path: Path) -> None:
    async with CollectorStandIn() as collector:
        with postgres.emptied() as url:
            async with opened(tmp_path, BridgeCluster, DATABASE_URL=url, **collector.settings) as play:
                fans = list(play.stage.fans)[:3]
                for handle in fans:
                    await talked(play, handle)
                heard = await collector.whole(WEBHOOK, TO_THREAD, len(fans))
                answered = await collector.whole("deliver chat.send", TO_FAN, len(fans))
        collector.hear()

    for spans in heard:
        assert_whole(spans, WEBHOOK)
        assert named(spans, WEBHOOK).role == "web"
        assert roles(spans, "decide") == roles(spans, "deliver post") == {"worker"}
    for spans in answered:
        assert_whole(spans, COMMAND)
        assert named(spans, COMMAND).role == "gateway"
        assert roles(spans, "deliver chat.send") == roles(spans, "call fanvue write") == {"worker"}


async def test_a_webhook_that_comes_twice_begins_its_trace_once(tmp_path: Path) -> None:
    async with CollectorStandIn() as collector:
        more = {**collector.settings, **settings_in(tmp_path)}
        async with opened(tmp_path, WarmProgram, **more) as play:
            play.stage.fanvue.faults.webhooks.duplicate_next = 1
            await talked(play, "sam_k")
            await collector.until(lambda: sum(one.name == WEBHOOK for one in collector.spans) > 1)

    (spans,) = collector.trace_with(WEBHOOK).values()
    assert_whole(spans, WEBHOOK)
    assert sorted(one.outcome for one in spans if one.name == WEBHOOK) == ["kept", "repeat"]


async def test_a_try_that_failed_and_the_one_that_did_not_are_in_the_same_trace(tmp_path: Path) -> None:
    async with CollectorStandIn() as collector:
        more = {**collector.settings, **settings_in(tmp_path)}
        async with opened(tmp_path, WarmProgram, **more) as play:
            await talked(play, "sam_k")
            thread = await thread_with(play, "sam_k", "✓ Sent")
            play.stage.discord.faults.fail("POST", rf"/channels/{thread.id}/messages$", times=1, before=True)
            await play.stage.fans["sam_k"].write("are you there?")
            await thread_with(play, "sam_k", "are you there?")

    posts = [
        sorted((one.words["bridge.attempt"], one.outcome) for one in spans if one.name == "deliver post")
        for spans in collector.trace_with(WEBHOOK).values()
    ]
    assert sorted(map(len, posts)) == [1, 2]
    assert max(posts, key=len)[-1] == (2, "done")


@pytest.mark.parametrize("manner", ["never answers", "refuses", "is not there"])
async def test_a_collector_that_takes_nothing_delays_and_loses_nothing(tmp_path: Path, manner: str) -> None:
    async with CollectorStandIn() as collector:
        collector.does(never if manner == "never answers" else reply(400, {}))
        url = f"http://127.0.0.1:{free_port()}" if manner == "is not there" else collector.url
        more = {
            **collector.settings,
            **settings_in(tmp_path),
            "OTEL_EXPORTER_OTLP_ENDPOINT": url,
            "OTEL_EXPORTER_OTLP_HEADERS": "key=s3cr3t-word",
        }
        async with opened(tmp_path, WarmProgram, **more) as play:
            await talked(play, "sam_k")
            if manner == "refuses":
                await collector.until(lambda: bool(collector.bodies))
            assert await play.stage.bridge.stop() == 0
            assert [one.text for one in play.stage.fans["sam_k"].inbox()] == ["hello sam_k"]

    log = (tmp_path / "bridge.log").read_text()
    assert url not in log
    assert "s3cr3t-word" not in log
    if manner == "refuses":
        assert log.count("the collector takes no traces") == 1
        assert {one.headers["key"] for one in collector.seen} == {"s3cr3t-word"}
