"""A house of a test that starts no program: in this process, and in no time."""

import asyncio
import os
import time

import pytest

from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge
from tests.simulation.living import InProcess
from tests.simulation.wires import WiredLoop

pytestmark = pytest.mark.asyncio(loop_scope="module")

house = own_house(LOG_LEVEL="DEBUG")


async def test_an_hour_passes_at_once_and_the_bridge_answers_as_ever(house: LiveBridge) -> None:
    loop, begun = asyncio.get_running_loop(), os.times().elapsed
    before = time.monotonic(), time.time()

    over = loop.create_future()
    loop.call_later(3600, over.set_result, None)
    await over
    thread = await house.greeted(house.fan("Hour"))
    await house.reply(thread, text="hello")
    await house.shows(_newest(house), "✓ Sent")

    assert isinstance(loop, WiredLoop)
    assert isinstance(house.stage.bridge, InProcess)
    assert time.monotonic() - before[0] > 3600
    assert time.time() - before[1] > 3600
    assert os.times().elapsed - begun < 1800  # however busy the machine is


async def test_a_killed_bridge_begins_again_and_both_lives_stand_in_its_log(house: LiveBridge) -> None:
    await house.restart()
    await house.greeted(house.fan("Again"))

    lives = house.log.count('"the bridge is up"')
    assert lives == 2
    assert house.log.count('"level": "DEBUG"') > 0


def _newest(house: LiveBridge) -> StandInFan:
    return next(reversed(house.stage.fans.values()))
