"""Row C9 with the real process: dead in the middle of a mass message."""

import asyncio

import pytest

from bot.sandbox.massing import button
from tests.faults.house import PATIENCE, House

pytestmark = pytest.mark.asyncio(loop_scope="module")

MASS = "/chats/mass-messages$"


@pytest.mark.fault("C9")
async def test_killed_while_a_mass_message_is_under_way_it_is_looked_for_and_never_repeated(
    house: House,
) -> None:
    stage = house.stage
    stage.fanvue.switches.idempotency = "ignored"
    shown = await stage.owner.slash(
        stage.guild, stage.lobby, "mass", to="subscribers", text="in the middle of it"
    )
    await shown.done(PATIENCE)
    stage.fanvue.faults.add("delay", "POST", MASS, seconds=1.0)
    await stage.owner.click(shown.message, button(shown))
    await house.stored(
        lambda: house.rows("SELECT 1 FROM outbox WHERE kind = ? AND state = ?", "proposed.mass", "sending")
    )
    await stage.bridge.kill()
    await asyncio.wait_for(stage.fanvue.world.until(lambda: stage.fanvue.ledger.of("mass")), PATIENCE)

    await stage.bridge.start()

    await house.alerted("Mass message sent to")
    assert [mass["text"] for mass in stage.fanvue.ledger.of("mass")] == ["in the middle of it"]
    (effect,) = house.rows("SELECT * FROM outbox WHERE kind = 'proposed.mass'")
    assert (effect["state"], effect["attempts"]) == ("done", 1)
    await shown.until(lambda now: "Mass message sent to" in now.text, PATIENCE)
