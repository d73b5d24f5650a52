"""What happened after the backup comes in again and is not shown twice (R19, T15)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model.events import Paid, Person, Reacted
from bot.relay.sweep_ports import SweptEarning
from storage.records import DiscordId, FanId
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, NOAH, RelayScenario
from tests.relay.restore_fixtures import accept, back_up, begun, put_back
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping

ZOE = Person(FanId("0a1b2c3d-0000-4000-8000-6f2a9b7c1d22"), "new-newt", "Zoe")
LONG = "many words " * 900  # three parts


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SweepScenario]:
    async with begun(tmp_path, sweeping) as opened:
        opened.lists.people[ZOE.id] = ZOE
        await opened.greeted()
        await opened.pass_time(MINUTE)
        back_up(opened, tmp_path)
        await opened.pass_time(10 * MINUTE)
        yield opened


def on_discord(world: RelayScenario) -> dict[DiscordId, list[tuple[DiscordId, str]]]:
    """Every message of the server by its id, with its words and small print."""
    return {
        channel: [(made, f"{post.body} {post.small}") for made, post in there.posts.items()]
        for channel, there in world.discord.channels.items()
    }


async def after_a_restore(world: SweepScenario, folder: Path) -> None:
    """An hour later: the backup is put back, the operator speaks, the sweeps go round."""
    await put_back(world, folder)
    await accept(world)
    await world.sweep()
    await world.pass_time(10 * MINUTE)


async def test_a_whole_evening_after_the_backup_is_neither_shown_nor_sent_again(
    world: SweepScenario, tmp_path: Path
) -> None:
    await world.happen(world.wrote("one"))
    await world.happen(world.wrote(LONG, NOAH))  # a new fan
    await world.happen(world.wrote("psst", NOAH, complete=False))
    await world.reply("good evening")
    await world.pass_time(MINUTE)
    await world.reply("and to you", NOAH)
    await world.pass_time(MINUTE)
    automated = world.fanvue.write(CREATOR, EMMA.id, "from elsewhere", by_creator=True)
    await world.happen(world.echo(automated))
    await world.pass_time(MINUTE)
    before = (on_discord(world), world.texts(), world.texts(NOAH))
    keys = list(world.fanvue.keys)

    await after_a_restore(world, tmp_path)

    assert (on_discord(world), world.texts(), world.texts(NOAH)) == before
    assert world.fanvue.keys == keys
    assert len(world.discord.threads(FORUM)) == 2


async def test_what_was_never_shown_is_shown_in_the_threads_that_are_there(
    world: SweepScenario, tmp_path: Path
) -> None:
    await world.greeted(NOAH)
    await world.crash()
    world.fanvue.write(CREATOR, EMMA.id, "while nobody listened")
    world.fanvue.write(CREATOR, NOAH.id, "me too")
    world.fanvue.write(CREATOR, ZOE.id, "I am new")

    await after_a_restore(world, tmp_path)

    assert await world.lines() == ["hello", "while nobody listened"]
    assert await world.lines(NOAH) == ["hello", "me too"]
    assert await world.lines(ZOE) == ["I am new"]
    assert len(world.discord.threads(FORUM)) == 3


async def test_life_goes_on_in_a_restored_database(world: SweepScenario, tmp_path: Path) -> None:
    await world.greeted(NOAH)
    thread = await world.thread(NOAH)

    await after_a_restore(world, tmp_path)
    looked = dict(world.discord.faults.calls)
    await world.happen(world.wrote("and now?", NOAH))
    reply = await world.reply("now", NOAH)
    await world.pass_time(MINUTE)

    assert await world.thread(NOAH) == thread
    assert await world.lines(NOAH) == ["hello", "and now?", "now"]
    assert (await world.effect(reply)).state == "done"
    assert world.discord.faults.calls["find_post"] == looked["find_post"]  # nothing new is looked for


async def test_a_thread_is_found_before_the_sweep_has_told_of_its_first_message(
    world: SweepScenario, tmp_path: Path
) -> None:
    await world.greeted(NOAH)

    await put_back(world, tmp_path)
    event = world.wrote("still there?", NOAH)
    await world.keep(replace(event, at=world.clock.at + MINUTE))
    await accept(world)

    assert len(world.discord.threads(FORUM)) == 2
    assert sorted(await world.lines(NOAH)) == ["hello", "still there?"]


async def test_a_generation_that_was_opened_after_the_backup_is_found(
    world: SweepScenario, tmp_path: Path
) -> None:
    world.discord.delete(await world.thread())
    await world.happen(world.wrote("again"))
    second = await world.thread()

    await after_a_restore(world, tmp_path)

    assert await world.thread() == second
    assert await world.lines() == ["again"]
    assert world.discord.threads(FORUM) == [second]


async def test_a_reply_whose_post_is_of_unknown_fate_is_found_once_it_is_sent(world: SweepScenario) -> None:
    world.discord.faults.add("post", LostAnswer())
    reply = await world.reply("good evening")
    await world.pass_time(10 * MINUTE)

    assert await world.lines() == ["hello", "good evening"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_a_payment_that_both_sources_name_alike_is_told_once(
    world: SweepScenario, tmp_path: Path
) -> None:
    paid = Paid(CREATOR, EMMA, "tip", 500, world.clock.at, payment="FV-1")
    await world.happen(paid, kind="payment", key="event-1")
    message = world.fanvue.write(CREATOR, EMMA.id, None, by_creator=True, price=900).message
    bought = Paid(CREATOR, EMMA, "message", 900, world.clock.at, payment="event's", message=message)
    await world.happen(bought, kind="payment", key="event-2")
    at = world.clock.at
    world.lists.earned += [
        SweptEarning(fan=EMMA, source="tip", gross=500, at=at, order="FV-1"),
        SweptEarning(fan=EMMA, source="message", gross=900, at=at, order="FV-2", message=message),
    ]
    assert len(world.alerts()) == 2

    await after_a_restore(world, tmp_path)

    assert len(world.discord.lines(ALERTS)) == 2


async def test_an_event_that_its_sender_repeats_is_told_once(world: SweepScenario, tmp_path: Path) -> None:
    event = world.wrote("look")
    await world.happen(event)
    heart = Reacted(CREATOR, event.message, "heart", world.clock.at)
    await world.happen(heart, kind="reaction", key="event-1")
    before = await world.lines()
    assert before[:2] == ["hello", "look"]
    assert before[2].startswith("Reacted with heart to their message: ")

    await after_a_restore(world, tmp_path)
    assert await world.happen(heart, kind="reaction", key="event-1")
    await world.pass_time(MINUTE)

    assert await world.lines() == before


async def test_restored_twice_it_still_looks_for_what_it_lacked_the_first_time(
    world: SweepScenario, tmp_path: Path
) -> None:
    await world.happen(world.wrote("one"))
    await world.greeted(NOAH)
    before = on_discord(world)
    await put_back(world, tmp_path)
    (tmp_path / "backup.sqlite3").unlink()
    back_up(world, tmp_path)  # of a database that has not read anything again yet

    await after_a_restore(world, tmp_path)

    assert on_discord(world) == before
