"""The real program: stopped gently, stopped twice, started twice, started again."""

import asyncio
import signal
import time
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.free_ports import free_port
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeProcess, ProgramFailed
from bot.sandbox.request_hold import RequestHold
from tests.journeys.test_replying import PATIENCE, answered, thread_with
from tests.warm_bridge import WarmProgram


async def webhook(play: EveningPlay) -> int:
    """How a webhook is answered; unsigned, so that 401 says: read and looked at."""
    url = f"{play.stage.bridge._settings['PUBLIC_URL']}/webhooks/fanvue"
    async with aiohttp.ClientSession() as session, session.post(url, data=b"{}") as answer:
        return answer.status


async def until_webhooks_are(play: EveningPlay, status: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while await webhook(play) != status:
            pass  # another process: there is no event to wait for, so it is asked again


def told(play: EveningPlay, number: signal.Signals = signal.SIGTERM) -> BridgeProcess:
    process = play.stage.bridge._process
    assert process is not None
    process.send_signal(number)
    return process


async def code_of(process: BridgeProcess) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


def said(play: EveningPlay, thread: StandInChannel, words: str) -> int:
    messages = play.stage.discord.world.messages[thread.id].values()
    return sum(words in message.text for message in messages)


async def held_in_the_middle(play: EveningPlay) -> tuple[StandInChannel, RequestHold]:
    """A fan's line whose post is on its way to Discord, and another fan's that comes after the stop."""
    thread = await answered(play, "sam_k", "hello there")
    hold = play.stage.discord.faults.hold("POST", rf"/channels/{thread.id}/messages$")
    await play.stage.fans["sam_k"].write("just now")
    await hold.reached(PATIENCE)
    return thread, hold


async def test_sigterm_lets_calls_end_begins_none_and_answers_webhooks_503(play: EveningPlay) -> None:
    thread, hold = await held_in_the_middle(play)
    before = await webhook(play)

    process = told(play)
    await until_webhooks_are(play, 503)
    await play.stage.fans["sam_k"].write("too late for this run")
    still_running = process.returncode is None
    hold.release()
    code = await code_of(process)

    assert before == 401
    assert still_running
    assert code == 0
    assert (said(play, thread, "just now"), said(play, thread, "too late")) == (1, 0)
    await play.stage.bridge.start()
    await thread_with(play, "sam_k", "too late for this run")
    assert [said(play, thread, words) for words in ("hello there", "just now", "too late")] == [1, 1, 1]


async def test_a_call_that_does_not_end_holds_a_stop_up_for_a_bounded_time_and_is_found_later(
    play: EveningPlay,
) -> None:
    thread, hold = await held_in_the_middle(play)
    began = time.monotonic()

    code = await play.stage.bridge.stop()  # with SIGKILL, and another code, where it does not end by itself
    took = time.monotonic() - began
    hold.release()
    await play.stage.bridge.start()
    await thread_with(play, "sam_k", "just now")
    await play.stage.fans["sam_k"].write("after that")
    await thread_with(play, "sam_k", "after that")

    assert code == 0
    assert took >= 20 / 4  # it was waited for
    assert said(play, thread, "just now") == 1


async def test_a_second_sigterm_ends_it_at_once(play: EveningPlay) -> None:
    thread, hold = await held_in_the_middle(play)

    process = told(play)
    await until_webhooks_are(play, 503)
    told(play)
    code = await code_of(process)  # where the call is waited for, the code is 0
    hold.release()
    await play.stage.bridge.start()
    await thread_with(play, "sam_k", "just now")

    assert code == 128 + signal.SIGTERM
    assert said(play, thread, "just now") == 1


async def started_beside(play: EveningPlay, folder: Path, **changed: str) -> str:
    """What becomes of another process with nearly the same settings."""
    own = {"LISTEN": f"127.0.0.1:{free_port()}", "ADMIN_LISTEN": f"127.0.0.1:{free_port()}"}
    settings = play.stage.bridge._settings | own | changed
    second = WarmProgram(settings, admin=own["ADMIN_LISTEN"], log=folder / "second.log")
    with pytest.raises(ProgramFailed) as failed:
        await second.start()
    return str(failed.value)


async def test_a_second_process_on_the_same_database_ends_with_75(play: EveningPlay, tmp_path: Path) -> None:
    # The bot's own lock would come first, so the second is given another bot, and a token with its number.
    said = await started_beside(play, tmp_path, DISCORD_APPLICATION_ID="4242", DISCORD_TOKEN="NDI0Mg.x.y")

    assert "ended with 75" in said
    assert "already uses this database" in said
    assert await webhook(play) == 401


async def test_a_second_process_on_the_same_bot_ends_with_75(play: EveningPlay, tmp_path: Path) -> None:
    first = play.stage.bridge._process
    assert first is not None

    said = await started_beside(play, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'other.sqlite3'}")

    assert "ended with 75" in said
    assert f"Process {first.pid} already runs the bot with application id" in said
    assert await webhook(play) == 401


async def test_after_a_kill_nothing_keeps_the_next_process_out(play: EveningPlay) -> None:
    await play.stage.bridge.kill()

    await play.stage.bridge.start()

    assert await webhook(play) == 401
