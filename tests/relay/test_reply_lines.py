"""A reply's line is posted once, with the state that lasts; a slow one shows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.streams import discord_stream
from bot.model.errors import DeliveryRefused
from bot.relay.send_effects import show_state
from storage.engine import outbox
from storage.records import EffectState
from tests.relay.fault_switchboard import HeldCall, LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, RelayScenario, running

WAITS = 2_000


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """A world in which a reply's line waits for the end of its send."""
    async with running(tmp_path) as ready:
        ready.replies._line_waits = WAITS
        await ready.greeted()
        yield ready


def calls(world: RelayScenario) -> tuple[int, int]:
    """How often something was posted, and edited."""
    return world.discord.faults.calls["post"], world.discord.faults.calls["edit"]


async def test_a_reply_that_is_sent_at_once_costs_one_post_and_no_edit(world: RelayScenario) -> None:
    before = calls(world)

    reply = await world.reply("hi")
    await world.turn()
    shown = await world.shown(reply)
    await world.pass_time(WAITS)

    assert (shown.small or "").startswith("✓ Sent")
    assert calls(world) == (before[0] + 1, before[1])


async def test_a_reply_that_takes_longer_shows_that_it_waits_and_then_that_it_was_sent(
    world: RelayScenario,
) -> None:
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    before = len(await world.lines())

    world.clock.at += WAITS
    world.driver.hint(discord_stream(CREATOR, EMMA.id))
    await world.discord.until_posts(2)
    slow = (await world.shown(reply)).small
    held.go.set()
    await world.turn()

    assert before == 1
    assert slow == "⏳ Sending …"
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_what_was_refused_or_is_in_doubt_is_shown_without_waiting(world: RelayScenario) -> None:
    world.fanvue.faults.add("send", DeliveryRefused("The fan has blocked this creator."))
    refused = await world.reply("one")
    await world.turn()
    world.fanvue.faults.add("send", LostAnswer())
    doubted = await world.reply("two")
    await world.turn()

    assert (await world.shown(refused)).small == "⚠️ Not sent: The fan has blocked this creator."
    assert ((await world.shown(doubted)).small or "").startswith("⚠️ Not sure yet")


async def test_a_fans_line_that_comes_meanwhile_stands_below_the_reply(world: RelayScenario) -> None:
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    await world.reply("mine")
    await held.reached.wait()
    await world.keep(world.wrote("theirs"))
    held.go.set()

    await world.turn()

    assert await world.lines() == ["hello", "mine", "theirs"]


async def test_a_line_that_waits_when_the_process_dies_is_posted_once_with_its_state(
    world: RelayScenario,
) -> None:
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    before = calls(world)[0]

    await world.restart()
    await world.pass_time(120_000)

    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")
    assert calls(world)[0] == before + 1
    assert world.texts() == ["hi"]


async def test_an_ended_send_makes_its_line_due_and_adds_no_edit(world: RelayScenario) -> None:
    await world.crash()  # nobody carries anything out while the rows are looked at
    send = await world.effect(await world.reply("hi"))
    waits = await world.database.read(lambda tx: outbox.by_cause(tx, send.id, "show"))
    assert waits is not None

    await world.database.write(lambda tx: show_state(tx, world.effects, send, "ended"))

    due = await world.effect(waits.id)
    edits = await world.database.read(lambda tx: outbox.by_cause(tx, send.id, "ended"))
    assert (waits.not_before, due.not_before) == (world.clock.now() + WAITS, world.clock.now())
    assert (due.state, edits) == (EffectState.PENDING, None)
