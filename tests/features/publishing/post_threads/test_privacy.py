"""Comments and privacy, by the whole program: forgotten, exported, old, erased."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import PostRecord
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="module")
DAY = 86_400_000
EAGER = "300"  # posts are looked at every five minutes: each second here
_OPEN = "SELECT 1 FROM outbox WHERE kind = 'postcard.line' AND settled_at IS NULL"


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path) -> AsyncIterator[LiveBridge]:
    """A house of its own, in which posts are followed and texts stand."""
    async with housed(tmp_path, WINDOW_DIVISOR=EAGER) as made:
        stage = made.stage
        question = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode="full")
        await question.done(PATIENCE)
        if question.message is not None and "Yes, do it" in question.text + str(question.message.components):
            answer = await stage.owner.click(question.message, "Yes, do it")
            await answer.until(lambda now: "From now on" in now.text, PATIENCE)
        yield made
        assert stage.discord.contract_errors == []
        assert stage.fanvue.contract_errors == []


async def followed(house: LiveBridge) -> PostRecord:
    """A published post of Luna's, with its thread."""
    stage = house.stage
    post = stage.fanvue.world.post_as_creator(stage.creator, "Good morning")
    answer = await stage.owner.slash(stage.guild, stage.lobby, "post follow", posts="on")
    await answer.done(PATIENCE)
    await house.until(lambda: bool(shown(house, "Good morning")))
    return post


def shown(house: LiveBridge, words: str) -> list[StandInMessage]:
    """Every message with these words that stands on Discord for all."""
    everywhere = house.stage.discord.world.messages.values()
    found = (one for channel in everywhere for one in channel.values())
    return [one for one in found if words in one.text and not one.deleted and not one.ephemeral]


async def comments(house: LiveBridge, fan: StandInFan, post: PostRecord, words: str) -> None:
    """The fan comments on the post; waits for the line, and until the bridge knows that it stands there."""
    await fan.comment(post.uuid, words)
    await house.until(lambda: bool(shown(house, words)))
    await house.stored(lambda: not house.rows(_OPEN))


async def forget(house: LiveBridge, thread: StandInChannel) -> None:
    stage = house.stage
    asked = await stage.owner.slash(stage.guild, thread, "settings privacy forget")
    await asked.done(PATIENCE)
    await press_until(stage.owner, asked, "Yes, do it", "is forgotten")


async def forget_by_name(house: LiveBridge, typed: str) -> tuple[list[str], str]:
    """Outside of any thread: what is offered while they are named, and what the question says."""
    stage = house.stage
    offered = await stage.owner.autocomplete(
        stage.guild, stage.lobby, "settings privacy forget", "fan", typed
    )
    value = offered[0]["value"] if offered else typed
    asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy forget", fan=value)
    await asked.done(PATIENCE)
    said = asked.text
    if asked.message is not None and "Yes, do it" in labels(asked.message):
        await press_until(stage.owner, asked, "Yes, do it", "is forgotten")
    return [one["name"] for one in offered], said


async def exported(house: LiveBridge, *words: str) -> str:
    """The file that the operator's command writes."""
    path = house.folder / "export.json"
    path.unlink(missing_ok=True)
    creator = f"@{house.stage.creator.handle}"
    await house.command("privacy", "export", "--creator", creator, "--to", str(path), *words)
    return path.read_text()


async def test_who_is_forgotten_has_no_line_and_no_text_left_and_none_comes_back(house: LiveBridge) -> None:
    fan, other, faults = house.fan("Ketevan"), house.fan("Otto"), house.stage.fanvue.faults
    post, thread = await followed(house), await house.greeted(fan)
    await comments(house, fan, post, "remember me")
    await comments(house, other, post, "I stay")
    faults.add("error_before", "GET", "/comments", status=503, count=None)
    await fan.comment(post.uuid, "nobody read this yet")

    await forget(house, thread)
    faults.clear()
    await house.until(lambda: not shown(house, "remember me"))
    await comments(house, other, post, "I come after it")

    texts = ("remember me", "nobody read this yet", "Ketevan")
    assert [words for words in texts if shown(house, words)] == []
    everything = await exported(house)
    assert [words for words in (*texts, fan.uuid, fan.handle) if words in everything] == []
    assert len(shown(house, "I stay")) == 1


async def test_who_only_commented_is_named_forgotten_and_does_not_come_back(house: LiveBridge) -> None:
    fan, other = house.fan("Ketevan"), house.fan("Otto")
    post = await followed(house)
    await comments(house, fan, post, "remember me")
    await comments(house, other, post, "I stay")
    assert house.rows("SELECT 1 FROM threads") == []

    nobody, unknown = await forget_by_name(house, "nobody like that")
    offered, question = await forget_by_name(house, f"@{fan.handle}"[:4])
    await house.until(lambda: not shown(house, "remember me"))
    await comments(house, other, post, "I come after it")

    assert (nobody, "Choose the fan from the list" in unknown) == ([], True)
    assert [one for one in offered if "Ketevan" in one] == [f"Ketevan @{fan.handle}"]
    assert "Ketevan" in question
    assert shown(house, "remember me") == []
    everything = await exported(house)
    assert [words for words in ("remember me", "Ketevan", fan.uuid, fan.handle) if words in everything] == []
    assert len(shown(house, "I stay")) == 1
    assert await forget_by_name(house, fan.handle) == ([], unknown)


async def test_an_export_of_one_fan_has_their_comments_and_nobody_elses(house: LiveBridge) -> None:
    fan, other = house.fan("Ketevan"), house.fan("Otto")
    post = await followed(house)
    await house.greeted(fan)
    await comments(house, fan, post, "mine alone")
    await comments(house, other, post, "somebody elses")

    file = await exported(house, "--fan", fan.handle)

    assert "mine alone" in file
    assert "somebody elses" not in file
    assert [one["fan_uuid"] for one in json.loads(file)["post_comments"]] == [fan.uuid]


async def test_an_old_line_is_taken_from_discord_and_a_younger_one_stays(house: LiveBridge) -> None:
    fan = house.fan("Ketevan")
    post = await followed(house)
    await comments(house, fan, post, "long ago")
    await house.stage.bridge.kill()
    pass_days(house, 31)
    await house.stage.bridge.start()

    await house.until(lambda: not shown(house, "long ago"))
    await comments(house, fan, post, "just now")

    assert "long ago" not in await exported(house)
    assert shown(house, "long ago") == []


async def test_with_the_creator_the_posts_threads_go_and_all_that_is_known_of_them(house: LiveBridge) -> None:
    stage, fan, forum = house.stage, house.fan("Ketevan"), the_forum(house)
    await comments(house, fan, await followed(house), "it stays between us")
    question = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy erase")
    await question.done(PATIENCE)
    window = await stage.owner.click(question.message, "Erase everything…")
    await window.opened(PATIENCE)

    await (await stage.owner.submit(window, {"text": f"@{stage.creator.handle}"})).done(PATIENCE)
    await house.until(lambda: any("is erased" in words for words in house.private_messages()))

    assert shown(house, "it stays between us") == []
    assert [one for one in stage.discord.world.channels.values() if one.parent_id == forum.id] == []
    tables = ("post_follows", "post_cards", "post_comments")
    assert [house.rows(f"SELECT * FROM {table}") for table in tables] == [[], [], []]  # noqa: S608


def pass_days(house: LiveBridge, days: int) -> None:
    """All that was shown is so much older, and the round of the day is still to come; no process is there."""
    with closing(sqlite3.connect(house.database)) as connection, connection:
        connection.execute("UPDATE outbox SET created_at = created_at - ?", (days * DAY,))
        connection.execute("DELETE FROM kept WHERE name = 'retention'")
