"""Webhooks: who gets what, signed how, retried until when; and their faults."""

import hashlib
import hmac
import json

import pytest

from tests.sandbox.fanvue.conftest import WEBHOOK_SECRET, FanvueStage, refused


async def test_a_webhook_is_signed_over_the_raw_bytes_with_the_apps_secret(stage: FanvueStage) -> None:
    await stage.fan.write("Grüße 🦦")
    await stage.settled()

    [(headers, body)] = stage.receiver.arrived
    at = int(stage.clock().timestamp())
    sealed = hmac.new(WEBHOOK_SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Fanvue-Signature"] == f"t={at},v0={sealed}"
    assert headers["Content-Type"] == "application/json"
    assert "Grüße 🦦".encode() in body


async def test_a_received_message_has_the_fields_of_the_example(stage: FanvueStage) -> None:
    message = await stage.fan.write("Hi")
    await stage.settled()

    [event] = stage.receiver.events
    assert event.keys() == {"id", "type", "timestamp", "data"}
    assert event["data"] == {
        "object": "message",
        "uuid": message.uuid,
        "sender": "fan",
        "created_at": "2026-11-24T12:00:00.000Z",
        "deleted_at": None,
        "text": "Hi",
        "unread_messages_count": 1,
        "is_muted": False,
        "is_automated": False,
        "message_type": "SINGLE_RECIPIENT",
        "fan": {
            "uuid": stage.fan.uuid,
            "handle": "quiet-otter",
            "display_name": "Quiet Otter",
            "avatar_url": "https://media.fanvue.com/avatars/quiet-otter.jpg",
        },
        "creator": {"uuid": stage.creator.uuid},
    }


async def test_the_older_form_has_ids_only(stage: FanvueStage) -> None:
    stage.server.switches.text_in_events = False
    await stage.fan.write("Hi")
    await stage.settled()

    [event] = stage.receiver.events
    assert event["data"].keys() == {"object", "uuid", "sender", "created_at", "deleted_at", "fan", "creator"}
    assert event["data"]["fan"] == {"uuid": stage.fan.uuid}


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_a_delivery_without_2xx_is_tried_again_with_the_same_body(
    stage: FanvueStage, status: int
) -> None:
    stage.receiver.answers = [status, 204]
    await stage.fan.write("Hi")
    await stage.settled()

    first, second = stage.receiver.arrived
    assert first[1] == second[1]
    assert [entry["status"] for entry in stage.server.ledger.of("webhook.answered")] == [status, 204]


async def test_a_receiver_that_never_answers_well_is_given_up(stage: FanvueStage) -> None:
    stage.receiver.answers = [500] * 10
    await stage.fan.write("Hi")
    await stage.settled()

    assert len(stage.receiver.arrived) == 4
    assert len(stage.server.ledger.of("webhook.gave_up")) == 1


async def test_the_waits_between_attempts_grow_and_are_divided_by_speed(stage: FanvueStage) -> None:
    switches = type(stage.server.switches)(speed=10)
    waits = [switches.window(seconds).total_seconds() for seconds in switches.webhook_retry_seconds]

    assert waits == [0.5, 3.0, 12.0, 60.0, 360.0]


async def test_a_slow_receiver_is_tried_again(stage: FanvueStage) -> None:
    stage.server.switches.webhook_timeout_seconds = 0.1
    stage.receiver.hang_next = 1
    await stage.fan.write("Hi")
    await stage.settled()

    [entry] = stage.server.ledger.of("webhook.failed")
    assert entry["why"] == "TimeoutError"
    assert stage.receiver.types == ["creator.message.received"] * 2


async def test_a_receiver_that_takes_several_at_once_is_told_the_next_while_one_hangs(
    stage: FanvueStage,
) -> None:
    stage.server.switches.webhooks_at_once = 2
    stage.receiver.hang_next = 1
    await stage.fan.write("this one hangs")
    await stage.fan.write("this one does not")

    await stage.server.world.until(lambda: stage.server.ledger.of("webhook.answered"))

    told = [event["data"]["text"] for event in stage.receiver.events]
    assert told == ["this one hangs", "this one does not"]
    assert not stage.server.webhooks.idle


async def test_a_receiver_that_is_not_there_is_recorded(stage: FanvueStage) -> None:
    stage.server.switches.webhook_retry_seconds = ()
    stage.server.world.apps["app-1"].webhook_url = "http://127.0.0.1:1/hook"
    await stage.fan.write("Hi")
    await stage.settled()

    [entry] = stage.server.ledger.of("webhook.failed")
    assert entry["why"] == "ClientConnectorError"


async def test_a_delayed_webhook_arrives_after_one_that_is_not(stage: FanvueStage) -> None:
    stage.server.faults.webhooks.delay = 0.05
    await stage.fan.write("slow")
    stage.server.faults.clear()
    await stage.fan.write("quick")
    await stage.settled()

    assert [event["data"]["text"] for event in stage.receiver.events] == ["quick", "slow"]


async def test_events_that_are_not_ticked_or_not_in_scope_are_not_sent(stage: FanvueStage) -> None:
    world = stage.server.world
    world.tokens.disconnect(stage.creator.uuid)
    await stage.fan.write("nobody may hear this")
    world.grant(stage.creator, scopes=("read:self", "read:creator"))
    await stage.fan.write("nor this")
    await stage.fan.follow()
    world.apps["app-1"].events = frozenset({"creator.message.received"})
    await stage.fan.tip(500)
    await stage.settled()

    assert stage.receiver.types == ["creator.follow.created"]


async def test_faults_drop_duplicate_and_reorder(stage: FanvueStage) -> None:
    faults = stage.server.faults.webhooks
    faults.drop_next = 1
    await stage.fan.write("dropped")
    faults.duplicate_next = 1
    await stage.fan.write("twice")
    faults.reorder_next = 3
    for number in range(3):
        await stage.fan.write(f"{number}")
    await stage.settled()

    texts = [event["data"]["text"] for event in stage.receiver.events]
    assert texts == ["twice", "twice", "2", "1", "0"]
    assert stage.receiver.events[0]["id"] == stage.receiver.events[1]["id"]


async def test_those_held_back_to_be_reordered_can_be_let_go_with_no_event_behind_them(
    stage: FanvueStage,
) -> None:
    # Found by the simulation: with its creator signed out no event came that would have let them go.
    stage.server.faults.webhooks.reorder_next = 4
    await stage.fan.write("0")
    await stage.fan.write("1")
    stage.server.webhooks.let_go()
    await stage.fan.write("2")
    await stage.settled()

    assert [event["data"]["text"] for event in stage.receiver.events] == ["1", "0", "2"]


async def test_what_is_certain_arrives_whatever_else_gets_lost(stage: FanvueStage) -> None:
    faults = stage.server.faults.webhooks
    faults.certain = frozenset({"creator.follow.created"})
    faults.off = True
    stage.receiver.answers = [500] * 10
    await stage.fan.write("dropped")
    await stage.fan.follow()
    await stage.settled()

    assert stage.receiver.types == ["creator.follow.created"] * 11
    assert [entry["type"] for entry in stage.server.ledger.of("webhook.dropped")] == [
        "creator.message.received"
    ]


async def test_webhooks_that_are_off_arrive_never(stage: FanvueStage) -> None:
    stage.server.faults.webhooks.off = True
    await stage.fan.write("lost")
    stage.server.faults.clear()
    await stage.fan.write("heard")
    await stage.settled()

    assert [event["data"]["text"] for event in stage.receiver.events] == ["heard"]
    assert len(stage.server.ledger.of("webhook.dropped")) == 1


@pytest.mark.parametrize("prefix", ["", "/v1"])
async def test_an_api_subscription_has_its_own_secret_and_ends_when_deleted(
    stage: FanvueStage, prefix: str
) -> None:
    stage.server.switches.private_webhook_urls = True
    stage.server.world.apps["app-1"].webhook_url = None
    body = {"url": stage.receiver.url, "events": ["creator.message.received"]}
    made = (await stage.call("POST", f"{prefix}/webhooks/subscriptions", body)).json()
    listed = (await stage.call("GET", f"{prefix}/webhooks/subscriptions")).json()
    await stage.fan.write("Hi")
    await stage.settled()
    gone = await stage.call("DELETE", f"{prefix}/webhooks/subscriptions/{made['id']}")
    await stage.fan.write("Hello?")
    await stage.settled()

    [(headers, raw)] = stage.receiver.arrived
    at = headers["X-Fanvue-Signature"].split(",")[0].removeprefix("t=")
    sealed = hmac.new(made["signingSecret"].encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
    assert headers["X-Fanvue-Signature"].endswith(f"v0={sealed}")
    assert listed == {"data": [{"id": made["id"], "url": stage.receiver.url, "events": body["events"]}]}
    assert gone.status_code == 204


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://10.0.0.1/",
        "ftp://x",
    ],
)
async def test_a_subscription_needs_a_public_https_url(stage: FanvueStage, url: str) -> None:
    body = {"url": url, "events": ["creator.message.received"]}

    assert (await stage.call("POST", "/webhooks/subscriptions", body)).status_code == 400


async def test_one_event_without_its_scope_fails_the_whole_subscription(stage: FanvueStage) -> None:
    stage.server.switches.private_webhook_urls = True
    headers = stage.token(stage.creator, ("read:self", "read:chat"))
    body = {"url": stage.receiver.url, "events": ["creator.message.received", "creator.follow.created"]}

    answer = await stage.call("POST", "/webhooks/subscriptions", body, headers=headers)

    assert refused(answer)[0] == 400
    assert stage.server.world.hooks == {}


async def test_a_url_that_does_not_answer_get_with_200_is_refused(stage: FanvueStage) -> None:
    stage.server.switches.private_webhook_urls = True
    stage.receiver.get_status = 404
    body = {"url": stage.receiver.url, "events": ["creator.message.received"]}

    answer = await stage.call("POST", "/webhooks/subscriptions", body)

    assert refused(answer) == (400, {"message": "The URL must answer 200 to GET"})


async def test_every_event_keeps_its_id_in_the_ledger_and_on_the_wire(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    await stage.settled()

    [event] = stage.server.ledger.of("event")
    assert json.loads(stage.receiver.arrived[0][1])["id"] == event["id"]
