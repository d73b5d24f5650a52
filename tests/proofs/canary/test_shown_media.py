"""Nothing of the media that somebody was shown stays, here or on Discord."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.vault import ServedFile
from bot.text.media_words import media_label
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")

SPEED = "200"  # ten minutes are three seconds
PIECE = 48  # bytes, of which none else in the world are the same
_SIGNATURE = re.compile(rb"signature=([0-9a-f]{64})")
MODES = ("full", "covered", "private")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house whose waits are short and whose log says all that it can."""
    folder = tmp_path_factory.mktemp("shown")
    async with housed(folder, WINDOW_DIVISOR=SPEED, LOG_LEVEL="DEBUG") as made:
        yield made
        assert made.stage.discord.contract_errors == []


async def sent(house: LiveBridge) -> tuple[list[str], StandInChannel]:
    """A fan's photo, video, voice note, and a video that Discord does not take; their ids."""
    fan = house.fan("Nino")
    hidden = await fan.write("a wordy canary of media", 0)
    world = house.stage.fanvue.world
    kinds = ("image", "video", "audio", "video")
    media = [world.add_media(fan.bond.fan, kind) for kind in kinds]
    hidden.media += [one.uuid for one in media]
    world.served[media[-1].uuid] = ServedFile(bytes(11 * 1024 * 1024), "video/mp4")
    return [one.uuid for one in media], await house.shows(fan, media_label(len(kinds), None))


def secrets(house: LiveBridge, media: list[str], answer: InteractionAnswer) -> list[bytes]:
    """Pieces of every file, as Fanvue has it and as it was shown; the ids; the signatures of addresses."""
    shown = [file.content for file in answer.message.attachments] if answer.message else []
    signed = [
        _SIGNATURE.search(str(part).encode())
        for part in (answer.message.components if answer.message else ())
    ]
    pieces = [content[at : at + PIECE] for content in shown for at in range(0, len(content) - PIECE, 4001)]
    return [*pieces, *(uuid.encode() for uuid in media), *(found[1] for found in signed if found)]


def found(folder: Path, sought: list[bytes]) -> list[tuple[str, bytes]]:
    """Where something of it is written, database and logs alike."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    contents = [(path.name, path.read_bytes()) for path in files]
    return [(name, one) for name, content in contents for one in sought if one in content]


def left(house: LiveBridge, shown: list[int]) -> list[int]:
    """The files that Discord's store still gives out."""
    return [file for file in shown if file in house.stage.discord.world.attachments]


async def opened(house: LiveBridge, thread: StandInChannel) -> tuple[InteractionAnswer, list[int]]:
    answer = await house.click(thread, "Show")
    assert answer.message is not None
    assert len(answer.message.attachments) == 3  # the last one is a link
    assert "too large for Discord" in answer.text
    return answer, [file.id for file in answer.message.attachments]


@pytest.mark.parametrize("mode", MODES)
async def test_nothing_is_left_once_the_answer_closed_by_itself(house: LiveBridge, mode: str) -> None:
    await choose(house, mode)
    media, thread = await sent(house)

    answer, files = await opened(house, thread)
    sought = secrets(house, media, answer)
    there = left(house, files)
    await answer.until(lambda now: now.state == "deleted", PATIENCE)

    assert len(sought) > len(media) + 10
    assert any(_is_signature(one) for one in sought)
    assert there == files
    assert left(house, files) == []
    assert found(house.folder, sought) == []
    everywhere = [m for ms in house.stage.discord.world.messages.values() for m in ms.values()]
    assert [m.id for m in everywhere if m.attachments] == []


async def test_nothing_is_left_once_the_bridge_was_told_to_stop(house: LiveBridge) -> None:
    await house.restart(WINDOW_DIVISOR="20")  # it would close by itself in half a minute
    _media, thread = await sent(house)
    answer, files = await opened(house, thread)

    await house.stage.bridge.stop()

    assert answer.state == "deleted"
    assert left(house, files) == []


async def choose(house: LiveBridge, mode: str) -> None:
    """The owner chooses how texts are shown."""
    stage = house.stage
    asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode=mode)
    await asked.done(PATIENCE)
    if asked.message is not None and "Yes, do it" in str(asked.message.components):
        answer = await stage.owner.click(asked.message, "Yes, do it")
        await answer.until(lambda now: "From now on" in now.text, PATIENCE)


def _is_signature(one: bytes) -> bool:
    return re.fullmatch(rb"[0-9a-f]{64}", one) is not None
