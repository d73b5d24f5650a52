"""What the running bridge prints for Prometheus, and nothing of anybody in it."""

import re
import time

import aiohttp

from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation
from tests.journeys.test_replying import reply, thread_with


async def figures(bridge: BridgeInstallation) -> dict[str, float]:
    """Every line of /metrics."""
    async with aiohttp.ClientSession() as http, http.get(f"http://{bridge.admin}/metrics") as answer:
        lines = [line for line in (await answer.text()).splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def calls(found: dict[str, float], side: str, call: str) -> float:
    name = f'bridge_call_seconds_count{{call="{call}",outcome="ok",side="{side}"}}'
    return found.get(name, 0)


async def test_who_waits_how_long_calls_take_and_when_tokens_end(play: EveningPlay) -> None:
    stage = play.stage
    await stage.fans["sam_k"].write("hello there")
    thread = await thread_with(play, "sam_k", "hello there")
    waiting = await figures(stage.bridge)
    await reply(play, thread, text="hello Sam")
    await thread_with(play, "sam_k", "✓ Sent")
    answered = await figures(stage.bridge)

    assert waiting["bridge_oldest_waiting_fan_seconds"] > 0
    assert answered["bridge_oldest_waiting_fan_seconds"] == 0
    assert answered["bridge_token_end_timestamp_seconds"] > time.time()
    assert answered["bridge_sign_ins_ended"] == 0
    for call in ("read", "write", "sign-in"):
        assert calls(answered, "fanvue", call) > 0, call
    for call in ("read", "write", "interaction"):
        assert calls(answered, "discord", call) > 0, call
    assert {value for name, value in answered.items() if name.startswith("bridge_check_failed")} <= {0.0, 1.0}
    assert answered['bridge_check_failed{check="database"}'] == 0
    numbers = re.compile(r'="[^"]*\d{6,}')
    assert [name for name in answered if numbers.search(name)] == []
