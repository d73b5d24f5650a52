"""Mass messages with the real process: dead in the middle; what threads show."""

import asyncio

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.mass_message_scene import button
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

MASS = "/chats/mass-messages$"


async def preview(house: LiveBridge, text: str) -> InteractionAnswer:
    """What the owner sees before she confirms."""
    stage = house.stage
    shown = await stage.owner.slash(stage.guild, stage.lobby, "mass new", to="subscribers", text=text)
    return await shown.done(PATIENCE)


@pytest.mark.fault("C9")
async def test_killed_while_a_mass_message_is_under_way_it_is_looked_for_and_never_repeated(
    house: LiveBridge,
) -> None:
    stage = house.stage
    stage.fanvue.switches.idempotency = "ignored"
    shown = await preview(house, "in the middle of it")
    held = stage.fanvue.faults.hold("POST", MASS)
    await stage.owner.click(shown.message, button(shown))
    # Not only `sending`, which is stored before a byte leaves: then nothing might ever arrive.
    await held.reached(PATIENCE)
    await stage.bridge.kill()
    killed = house.rows("SELECT state FROM outbox WHERE kind = 'proposed.mass'")
    held.release()
    await asyncio.wait_for(stage.fanvue.world.until(lambda: stage.fanvue.ledger.of("mass")), PATIENCE)

    await stage.bridge.start()

    await house.alerted("Mass message sent to")
    assert killed == [{"state": "sending"}]
    assert [mass["text"] for mass in stage.fanvue.ledger.of("mass")] == ["in the middle of it"]
    (effect,) = house.rows("SELECT * FROM outbox WHERE kind = 'proposed.mass'")
    assert (effect["state"], effect["attempts"]) == ("done", 1)
    await shown.until(lambda now: "Mass message sent to" in now.text, PATIENCE)


async def test_a_mass_message_that_fanvue_tells_of_chat_by_chat_opens_no_thread(house: LiveBridge) -> None:
    stage = house.stage
    stage.fanvue.switches.broadcasts_in_events = True
    fan, silent = house.fan("Cara"), house.fan("Olga")
    await house.greeted(fan)
    shown = await preview(house, "to all of you")

    await stage.owner.click(shown.message, button(shown))
    await shown.until(lambda now: "Mass message sent to" in now.text, PATIENCE)
    told = [e for e in stage.fanvue.ledger.of("event") if e["data"].get("message_type") == "BROADCAST"]
    decided = "SELECT 1 FROM inbox WHERE fact_key = ? AND state = 'done'"
    await house.stored(lambda: all(house.rows(decided, e["data"]["uuid"]) for e in told))
    await fan.write("what is that about?")
    await house.shows(fan, "what is that about?")

    assert len(told) >= 2
    assert house.threads(silent) == []
    assert house.with_words(fan, "to all of you") == []
