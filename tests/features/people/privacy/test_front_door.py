"""The whole program in each mode: what reaches Discord, byte by byte."""

import json
import re
from collections.abc import Sequence

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.channels import modify
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.discord.routing import RestCall
from tests.house_fixtures import own_house
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Letters that nothing else on the stage uses: one of them anywhere is a leak.
SECRET = "საიდუმლო წერილი მარტო შენთვის"
ANSWER = "პასუხი გულიდან"
LETTERS = re.compile(r"[\u10a0-\u10ff]")
PRIVATE = re.compile(r"^/(?:webhooks/\d+|interactions/\d+)/")  # answers to one member's own click


house = own_house(silent=True)


@pytest.fixture
def heard(house: LiveBridge) -> Sequence[RestCall]:
    """Every request that reaches this Discord during a test."""
    calls: list[RestCall] = []
    house.stage.discord.listeners[:] = [calls.append]
    return calls


async def choose(house: LiveBridge, mode: str) -> str:
    """Luna, whose account it is, uses /settings privacy mode."""
    stage = house.stage
    asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode=mode)
    await asked.done(PATIENCE)
    assert asked.ephemeral
    if asked.message is None or "Yes, do it" not in labels(asked.message):
        return str(asked.text)
    answer = await stage.owner.click(asked.message, "Yes, do it")
    await answer.until(lambda now: "From now on" in now.text, PATIENCE)
    return str(answer.text)


def leaks(calls: Sequence[RestCall]) -> list[str]:
    """Requests with a letter of theirs, in path, query, body or file, that are no private answer."""
    return [
        f"{call.method} {call.path}"
        for call in calls
        if LETTERS.search(written(call)) and not PRIVATE.match(call.path)
    ]


def written(call: RestCall) -> str:
    files = [upload.content.decode(errors="replace") for upload in call.uploads]
    return json.dumps([call.path, dict(call.query), call.body, files], ensure_ascii=False)


async def test_in_private_no_byte_of_a_text_reaches_discord_but_in_a_private_answer(
    house: LiveBridge, heard: Sequence[RestCall]
) -> None:
    assert "Discord keeps none" in await choose(house, "private")
    fan = house.fan("Nino")
    await fan.write(SECRET, 1)
    thread = await house.shows(fan, "1 photo")
    await house.reply(thread, text=ANSWER)
    await house.shows(fan, "✓ Sent")
    await fan.react(fan.inbox()[-1].uuid, "წ")
    await house.shows(fan, "Reacted to your message: https://discord.com/channels/")
    await fan.read()
    await house.shows(fan, "👁 Seen")
    assert leaks(heard) == []
    assert [m for m in house.messages(thread) if LETTERS.search(m.text)] == []

    theirs = await open_first(house, thread)
    newest = await house.click(thread, "Show")

    assert (theirs.ephemeral, newest.ephemeral) == (True, True)
    assert SECRET in theirs.text
    assert leaks(heard) == []
    assert any(SECRET in written(call) for call in heard)  # so the letters are seen where they are
    everywhere = [m for ms in house.stage.discord.world.messages.values() for m in ms.values()]
    assert {m.ephemeral for m in everywhere if LETTERS.search(m.text)} == {True}


async def test_covered_and_full_put_the_text_there_and_the_first_of_them_under_a_spoiler(
    house: LiveBridge, heard: Sequence[RestCall]
) -> None:
    shown = {}
    for mode in ("covered", "full"):
        assert "From now on" in await choose(house, mode)
        fan = house.fan("Nino")
        thread = await house.greeted(fan, SECRET)
        shown[mode] = house.messages(thread)[-1]

    assert leaks(heard) != []
    assert [spoilers(message) for message in shown.values()] == [[SECRET], []]


async def test_a_forum_that_is_not_age_restricted_any_more_gets_no_texts(
    house: LiveBridge, heard: Sequence[RestCall]
) -> None:
    await choose(house, "full")
    forum = the_forum(house)
    fan = house.fan("Nino")
    await house.greeted(fan, "hello")
    modify(house.stage.discord.world, forum, house.stage.owner.user.id, {"nsfw": False})

    await fan.write(SECRET)
    await house.shows(fan, "This forum is no longer age-restricted, so texts are shown privately")

    assert leaks(heard) == []
    modify(house.stage.discord.world, forum, house.stage.owner.user.id, {"nsfw": True})


async def test_a_fan_is_exported_and_forgotten_and_an_export_after_that_names_them_nowhere(
    house: LiveBridge,
) -> None:
    await choose(house, "full")
    stage, fan = house.stage, house.fan("Ketevan")
    thread = await house.greeted(fan, "remember me")
    await house.reply(thread, text="always")
    await house.shows(fan, "✓ Sent")
    await house.swept(fan)
    path = house.folder / "export.json"
    export = ("privacy", "export", "--creator", f"@{stage.creator.handle}", "--to", str(path))

    said = await house.command(*export, "--fan", fan.handle)
    before = path.read_text()
    asked = await stage.owner.slash(stage.guild, thread, "settings privacy forget")
    await asked.done(PATIENCE)
    await press_until(stage.owner, asked, "Yes, do it", "is forgotten")
    await house.until(lambda: house.threads(fan) == [])
    await house.command(*export)

    assert "rows in" in said
    assert (path.stat().st_mode & 0o777) == 0o600
    assert all(words in before for words in ("remember me", "always", fan.handle, fan.uuid))
    after = path.read_text()
    assert [words for words in ("remember me", "always", fan.handle, fan.uuid) if words in after] == []


async def open_first(house: LiveBridge, thread: StandInChannel) -> InteractionAnswer:
    """A member opens the oldest line that is kept back."""
    line = next(m for m in house.messages(thread) if "Show" in labels(m))
    answer = await house.stage.members["mara"].click(line, "Show")
    return await answer.done(PATIENCE)


def spoilers(message: StandInMessage) -> list[str]:
    """The texts of a message that a reader uncovers by a click."""
    covered = [box for box in message.components if box.get("spoiler")]
    return [part["content"] for box in covered for part in box["components"] if "content" in part]
