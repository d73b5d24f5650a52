"""The evening on the page: plays when nobody touches it, waits for whoever does."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.play import EveningPlay
from tests.sandbox.page.conftest import PATIENCE, DemoPageScenario, opened


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncIterator[tuple[DemoPageScenario, asyncio.Task[None]]]:
    """A page that nobody has opened yet, and its story."""
    async with opened(tmp_path, pace=0.02) as house:
        playing = asyncio.create_task(house.story.perform())
        yield house, playing
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)


async def test_it_begins_when_somebody_looks_and_waits_when_somebody_touches(
    fresh: tuple[DemoPageScenario, asyncio.Task[None]],
) -> None:
    house, _ = fresh
    assert house.story.state == "waiting"

    await house.sees(lambda view: any("writes:" in line["text"] for line in view["story"]["lines"]))
    await house.post("fans/write", {"fan": house.fan("max_power"), "text": "my turn"})
    held = await house.sees(lambda view: view["story"]["state"] == "paused")
    await house.post("story/resume", {})
    going = await house.sees(lambda view: len(view["story"]["lines"]) > len(held["story"]["lines"]) + 3)

    assert held["story"]["lines"][-1]["text"] == "You took over: the evening waits."
    assert going["story"]["state"] == "playing"
    assert going["story"]["resumed"]


async def test_it_leaves_out_what_a_person_has_done_and_survives_what_a_person_breaks(
    fresh: tuple[DemoPageScenario, asyncio.Task[None]],
) -> None:
    house, playing = fresh
    await EveningPlay(house.stage, lambda _seconds: asyncio.sleep(0), lambda _line: None).open_house()
    await house.stage.fans["ines.art"].subscribe()  # the story has her do it, too

    await house.sees(bool)
    upset = await house.sees(lambda view: view["story"]["state"] == "paused")
    house.story.resume()
    await asyncio.wait_for(playing, 2 * PATIENCE)

    said = [line["text"] for line in house.story.lines]
    assert [line for line in said if "/setup" in line or "/link" in line] == []
    assert upset["story"]["lines"][-1]["text"] == "The evening is held up: This fan is subscribed already."
    assert house.story.state == "over"
