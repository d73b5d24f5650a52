"""A program hears of what happens, as far as its key may see it."""

from typing import Any

import pytest

from tests.features.operations.program_webhooks.webhook_scenario import WebhookScenario
from tests.proofs.faults.live_bridge import PATIENCE, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_first_event_says_that_the_address_works(program: WebhookScenario) -> None:
    await program.listens()

    (event,) = await program.hears("webhook.added")

    assert event.event["version"] == 1
    assert event.event["data"]["creator"]["handle"] == program.program.handle[1:]
    assert "message.received" in event.event["data"]["events"]
    assert "draft.settled" not in event.event["data"]["events"]  # this key writes no drafts


async def test_a_message_and_its_answer_are_told_in_order(program: WebhookScenario) -> None:
    await program.listens()
    fan = program.house.fan("Alma")

    await fan.write("Are you there?\u202e")
    thread = await program.house.shows(fan, "Are you there?")
    await program.house.reply(thread, text="I am")
    (received,), (sent,) = await program.hears("message.received"), await program.hears("message.sent")

    said = received.event["data"]
    assert said["fan"] == {"id": fan.uuid, "handle": fan.handle, "name": "Alma"}
    assert said["message"]["sender"] == "fan"
    assert (said["message"]["text"], said["message"]["complete"]) == ("Are you there?", True)
    assert sent.event["data"]["message"]["sender"] == "creator"
    assert sent.text == "I am"
    assert program.receiver.unsigned == 0


async def test_money_and_subscribers_are_told(program: WebhookScenario) -> None:
    await program.listens("--events", "payment.received,subscription.started")
    fan = program.house.fan("Bea", subscribed=False)

    await fan.subscribe()
    await program.house.greeted(fan)
    await fan.tip(2500)
    (tip,) = await program.hears_about("payment.received", fan, kind="tip")
    (began,) = await program.hears_about("subscription.started", fan)

    assert tip.event["data"]["amount"] == {"currency": "USD", "cents": 2500}
    assert began.event["data"]["fan"]["handle"] == fan.handle
    assert program.receiver.taken("message.received") == []  # it was not asked for


async def test_a_manager_s_key_hears_ranges_and_one_without_chats_no_words(program: WebhookScenario) -> None:
    await program.listens(key=("--role", "manager"))
    fan = program.house.fan("Cleo")

    await program.house.greeted(fan, "My secret words")
    (message,) = await program.hears_about("message.received", fan)
    await fan.tip(2500)  # which is a line of the chat, too
    (tip,) = await program.hears_about("payment.received", fan, kind="tip")

    assert (message.text, message.event["data"]["message"]["complete"]) == (None, False)
    assert set(tip.event["data"]["amount"]) == {"currency", "at_least_cents", "below_cents"}
    assert "secret" not in str([one.event for one in program.receiver.received])


async def test_a_role_without_figures_hears_of_no_money(program: WebhookScenario) -> None:
    key = await program.has_key("--role", "viewer")

    chosen = await program.shell(
        "add", "--url", program.receiver.url, "--key", key, "--events", "payment.received"
    )
    status, made = await program.ask("POST", body={"url": "https://n8n.example.com/hook"})
    program.webhook = made["id"]

    assert chosen.code == 2
    assert chosen.said == (
        "'payment.received' is no event that this key may hear of. "
        "Choose: message.received, message.sent, follower.added."
    )
    assert (status, made["events"]) == (201, ["message.received", "message.sent", "follower.added"])


async def test_a_program_hears_what_a_person_did_with_its_draft(program: WebhookScenario) -> None:
    await program.listens(key=("--scope", "drafts"))
    fan = program.house.fan("Dora")
    await program.house.greeted(fan)

    _, made = await program.drafts(fan, "From a program")
    thread = await program.house.shows(fan, "From a program")
    await program.house.click(thread, "Discard")
    (settled,) = await program.hears("draft.settled")

    data = settled.event["data"]
    assert (data["draft"], data["kind"], data["state"]) == (made["id"], "reply", "discarded")
    assert data["by"] == str(program.house.stage.members["mara"].user.id)


async def test_a_program_hears_that_its_own_draft_was_sent_and_how_much_was_changed(
    program: WebhookScenario,
) -> None:
    await program.listens(key=("--scope", "drafts"))
    fan, mara = program.house.fan("Dana"), program.house.stage.members["mara"]
    await program.house.greeted(fan)

    _, made = await program.drafts(fan, "one two three four")
    thread = await program.house.shows(fan, "one two three four")
    (line,) = [one for one in program.house.messages(thread) if "Draft by" in plain(one)]
    opened = await mara.click(line, "Edit")
    await opened.done(PATIENCE)
    await (await mara.submit(opened, {"text": "one two three five"})).done(PATIENCE)
    await program.house.shows(fan, "✓ Sent")
    (drafted,) = await program.hears("message.sent")
    await program.house.reply(thread, text="my own words")
    own = (await program.hears("message.sent", 2))[-1]

    data = drafted.event["data"]
    assert (data["draft"], data["message"]["text"]) == (made["id"], "one two three five")
    assert data["changed"] == {"use": "edited", "words_kept": 75, "parts": ["text"]}
    assert not {"draft", "changed"} & set(own.event["data"])


async def test_another_key_hears_nothing_of_the_draft(program: WebhookScenario) -> None:
    writer = await program.program.made("--scope", "drafts")
    await program.listens(key=("--scope", "drafts"))
    listener, program.key = program.key, writer
    fan = program.house.fan("Delia")
    await program.house.greeted(fan)

    await program.drafts(fan, "From another program")
    thread = await program.house.shows(fan, "From another program")
    await program.house.click(thread, "Send")
    (sent,) = await program.hears("message.sent")
    await program.program.keys("revoke", writer.split(".")[1])
    program.key = listener

    assert sent.text == "From another program"
    assert not {"draft", "changed"} & set(sent.event["data"])


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("mass-drafts", {"to": ["Fans"], "text": "hi"}, "mass_message"),
        ("post-drafts", {"text": "hi"}, "post"),
        ("template-drafts", {"name": "hi", "text": "hi"}, "template"),
    ],
)
async def test_a_program_hears_the_end_of_a_draft_for_the_team(
    program: WebhookScenario, path: str, body: dict[str, Any], kind: str
) -> None:
    await program.listens(key=("--scope", "drafts"))

    _, made = await program.about(path, "POST", body)
    await program.about(f"{path}/{made['id']}", "DELETE")
    (settled,) = await program.hears("draft.settled")

    data = settled.event["data"]
    assert (data["draft"], data["kind"], data["state"]) == (made["id"], kind, "withdrawn")
    assert (data["fan"], data["by"]) == (None, None)
