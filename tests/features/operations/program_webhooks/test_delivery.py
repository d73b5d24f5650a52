"""An event arrives at least once, under one id, whatever its receiver answers."""

import asyncio
from typing import Any

import pytest

from tests.features.operations.program_webhooks.webhook_scenario import WebhookScenario
from tests.proofs.faults.live_bridge import PATIENCE
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_was_not_taken_comes_again_under_the_same_id_and_in_order(
    program: WebhookScenario,
) -> None:
    await program.listens("--events", "message.received")
    await program.hears("webhook.added")
    program.receiver.status = 503
    fan = program.house.fan("Ida")
    for words in ("one", "two", "three"):
        await fan.write(words)
    await program.house.until(lambda: len(program.receiver.received) >= 3)
    listed = (await program.shell("list")).out

    program.receiver.status = 200
    taken = await program.hears("message.received", 3)

    assert [one.text for one in taken] == ["one", "two", "three"]
    first = [one for one in program.receiver.received if one.id == taken[0].id]
    assert len(first) >= 3
    assert {one.status for one in first} == {503, 200}
    assert "wait since" in listed
    assert "it answered 503" in listed


async def test_an_event_that_its_receiver_refuses_holds_up_no_other_one(program: WebhookScenario) -> None:
    def no_poison(event: dict[str, Any]) -> int | None:
        return 422 if event["data"].get("message", {}).get("text") == "poison" else None

    await program.listens("--events", "message.received")
    program.receiver.answers = no_poison
    fan = program.house.fan("Juno")

    await fan.write("poison")
    await fan.write("bread")
    (taken,) = await program.hears("message.received")
    listed = (await program.shell("list")).out
    program.receiver.answers = lambda _event: None
    again = await program.shell("replay", program.webhook)
    bread, poison = await program.hears("message.received", 2)
    empty = await program.shell("replay", program.webhook)

    refused = {one.id for one in program.receiver.received if one.status == 422}
    assert "1 set aside" in listed
    assert again.said == "Events sent again, each with the id that it had: 1."
    assert (taken, bread.text, poison.text) == (bread, "bread", "poison")
    assert refused == {poison.id}
    assert empty.said.endswith(": 0.")
    assert "set aside" not in (await program.shell("list")).out


async def test_all_of_the_last_hours_can_be_told_again(program: WebhookScenario) -> None:
    await program.listens("--events", "message.received")
    fan = program.house.fan("Kim")
    await fan.write("to be lost by the receiver")
    (first,) = await program.hears("message.received")

    await program.shell("replay", program.webhook, "--hours", "1")
    await program.house.until(lambda: len(program.receiver.taken("message.received")) == 2)

    assert [one.id for one in program.receiver.taken("message.received")] == [first.id, first.id]


async def test_a_receiver_that_is_gone_is_told_nothing_more(program: WebhookScenario) -> None:
    await program.listens("--events", "message.received")
    await program.hears("webhook.added")
    program.receiver.status = 410
    fan = program.house.fan("Lea")

    await fan.write("one")
    await program.house.until(lambda: any(one.status == 410 for one in program.receiver.received))
    await program.house.stored(
        lambda: not program.house.rows("SELECT 1 FROM program_webhooks WHERE ended_at IS NULL")
    )
    program.receiver.status = 200
    await program.house.greeted(fan, "two")

    assert program.receiver.taken("message.received") == []
    assert (await program.shell("list")).said == "This creator has no webhooks."


async def test_a_revoked_key_is_told_nothing_more(program: WebhookScenario) -> None:
    await program.listens("--events", "message.received")
    await program.hears("webhook.added")
    await program.program.keys("revoke", program.key.split(".")[1])

    await program.house.greeted(program.house.fan("Mia"), "whispered")

    assert program.receiver.taken("message.received") == []
    assert (await program.shell("list")).said == "This creator has no webhooks."


async def test_a_removed_address_is_told_nothing_of_what_waited(program: WebhookScenario) -> None:
    await program.listens("--events", "message.received")
    await program.hears("webhook.added")
    program.receiver.status = 503
    await program.house.fan("Nia").write("waits")
    await program.house.until(lambda: any(one.status == 503 for one in program.receiver.received))

    removed = await program.shell("remove", program.webhook)
    program.receiver.status = 200
    await program.house.stored(
        lambda: (
            not program.house.rows(
                "SELECT 1 FROM outbox WHERE kind = 'program.event' AND state NOT IN ('done', 'cancelled')"
            )
        )
    )

    assert removed.said == f"Webhook {program.webhook} is removed. Events that waited are dropped: 1."
    assert program.receiver.taken("message.received") == []


async def test_a_fan_can_be_forgotten_while_a_program_may_have_heard_of_them(
    program: WebhookScenario,
) -> None:
    stage, fan = program.house.stage, program.house.fan("Ona")
    thread = await program.house.greeted(fan)
    await program.listens("--events", "message.received")
    await program.hears("webhook.added")
    program.receiver.hanging = asyncio.Event()
    await fan.write("whispered")
    await program.house.shows(fan, "whispered")
    await program.receiver.hung.wait()
    await stage.bridge.kill()  # the event may have arrived
    program.receiver.hanging.set()
    program.receiver.hanging, program.receiver.status = None, 503
    await stage.bridge.start()
    await program.house.until(lambda: any(one.status == 503 for one in program.receiver.received))

    asked = await (await stage.owner.slash(stage.guild, thread, "settings privacy forget")).done(PATIENCE)

    assert asked.message is not None
    await press_until(stage.owner, asked, "Yes, do it", "is forgotten")
    assert program.house.rows("SELECT 1 FROM outbox WHERE fan_uuid = ?", fan.uuid) == []
