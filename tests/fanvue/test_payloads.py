"""What webhook bodies mean, and the keys that their facts are kept under."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fanvue.event_storage import event_from, stored
from bot.fanvue.payloads import understand
from bot.model.events import (
    TIP,
    ChatRead,
    CreatorWrote,
    FanWrote,
    Followed,
    Ignored,
    Installment,
    MessageDeleted,
    MoneyBack,
    NotUnderstood,
    Paid,
    PaidOut,
    Reacted,
    Subscribed,
    Understood,
)

FAN = {"uuid": "fan-1", "handle": "otter", "display_name": "Quiet Otter", "email": "otter@example.test"}
CREATOR = {"uuid": "creator-1"}
AT = "2026-11-20T18:04:31.512Z"
AT_MS = 1_795_197_871_512


def body(kind: str, **data: Any) -> dict[str, Any]:
    return {"id": "event-1", "type": kind, "timestamp": AT, "data": {"creator": CREATOR, **data}}


def told(kind: str, **data: Any) -> Understood:
    meaning = understand(json.dumps(body(kind, **data)).encode())
    assert isinstance(meaning, Understood), meaning
    return meaning


def odd(payload: object) -> NotUnderstood:
    meaning = understand(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    assert isinstance(meaning, NotUnderstood), meaning
    return meaning


MESSAGE: dict[str, Any] = {"uuid": "m-1", "sender": "fan", "created_at": AT, "text": "Hey", "fan": FAN}


def test_a_fans_message_is_known_by_its_own_id() -> None:
    meaning = told("creator.message.received", **MESSAGE, message_type="SINGLE_RECIPIENT")

    assert (meaning.kind, meaning.key) == ("message", "m-1")
    assert isinstance(meaning.event, FanWrote)
    assert (meaning.event.creator, meaning.event.fan.id, meaning.event.at) == ("creator-1", "fan-1", AT_MS)
    assert (meaning.event.text, meaning.event.complete, meaning.event.kind) == (
        "Hey",
        True,
        "SINGLE_RECIPIENT",
    )


@pytest.mark.parametrize("text", [{}, {"text": None}, {"text": ""}, {"text": 5}], ids=repr)
def test_a_message_without_a_text_must_be_read(text: dict[str, object]) -> None:
    data = {name: value for name, value in MESSAGE.items() if name != "text"}
    event = told("creator.message.received", **(data | text)).event

    assert isinstance(event, FanWrote)
    assert (event.text, event.complete) == (None, False)


@pytest.mark.parametrize("text", [{}, {"text": None}], ids=repr)
def test_a_tip_is_complete_without_a_text(text: dict[str, object]) -> None:
    data = {name: value for name, value in MESSAGE.items() if name != "text"}
    event = told("creator.message.received", **(data | text), message_type="TIP").event

    assert isinstance(event, FanWrote)
    assert (event.text, event.complete, event.kind) == (None, True, TIP)


def test_an_echo_of_the_same_message_is_the_same_fact() -> None:
    sent = told("creator.message.sent", **(MESSAGE | {"sender": "creator"}))
    received = told("creator.message.received", **MESSAGE)

    assert isinstance(sent.event, CreatorWrote)
    assert (sent.kind, sent.key) == (received.kind, received.key)


@pytest.mark.parametrize(
    ("more", "automated"),
    [
        ({}, False),
        ({"is_automated": False, "message_type": "SINGLE_RECIPIENT"}, False),
        ({"is_automated": True}, True),
        ({"message_type": "AUTOMATED_NEW_SUBSCRIBER"}, True),
    ],
    ids=repr,
)
def test_automated_messages_are_told_apart(more: dict[str, object], *, automated: bool) -> None:
    event = told("creator.message.sent", **(MESSAGE | {"sender": "creator"} | more)).event

    assert isinstance(event, CreatorWrote)
    assert event.automated is automated


def test_a_sender_that_contradicts_the_type_is_not_believed() -> None:
    assert odd(body("creator.message.received", **(MESSAGE | {"sender": "creator"}))).reason
    assert odd(body("creator.message.sent", **MESSAGE)).reason


def test_a_deleted_message_is_its_own_fact_about_the_same_message() -> None:
    meaning = told("creator.message.deleted", **MESSAGE, deleted_at="2026-11-20T18:05:00Z")

    assert (meaning.kind, meaning.key) == ("message.deleted", "m-1")
    assert isinstance(meaning.event, MessageDeleted)
    assert meaning.event.at == 1_795_197_900_000


@pytest.mark.parametrize(
    ("kind", "data", "expected", "fact"),
    [
        ("creator.message.read", {"fan": FAN}, ChatRead, "chat.read"),
        ("creator.message.reaction", {"message_uuid": "m-1", "emoji": "❤️"}, Reacted, "reaction"),
        ("creator.follow.created", {"follower": FAN}, Followed, "follow"),
        ("creator.subscription.renewed", {"id": None, "purchaser": FAN}, Subscribed, "subscription.renewed"),
        ("creator.payment.succeeded", {"purchaser": FAN, "gross": 5}, Paid, "payment"),
        ("creator.refund.created", {"purchaser": FAN, "amount": 5}, MoneyBack, "refund"),
        ("creator.dispute.created", {"payment": {"purchaser": FAN}}, MoneyBack, "dispute"),
        ("checkout_link.payment.succeeded", {"purchaser": FAN}, Paid, "payment"),
        ("checkout_link.refund.created", {"purchaser": FAN, "amount": 5}, MoneyBack, "refund"),
        ("checkout_link.dispute.created", {"purchaser": FAN, "amount": 5}, MoneyBack, "dispute"),
        ("checkout_link.dispute.flagged", {"purchaser": FAN}, MoneyBack, "dispute.flagged"),
        ("checkout_link.installment.failed", {"purchaser": FAN}, Installment, "installment.failed"),
        ("checkout_link.plan.completed", {"purchaser": FAN}, Installment, "plan.completed"),
        ("payout.paid", {}, PaidOut, "payout.paid"),
        ("creator.fan.presence_changed", {"fan": FAN}, Ignored, "creator.fan.presence_changed"),
        ("creator.fan.status_changed", {"fan": FAN}, Ignored, "creator.fan.status_changed"),
        ("checkout_link.payment.pending", {"purchaser": FAN}, Ignored, "checkout_link.payment.pending"),
    ],
)
def test_other_events_are_known_by_the_envelope(
    kind: str, data: dict[str, Any], expected: type, fact: str
) -> None:
    meaning = told(kind, **data)

    assert isinstance(meaning.event, expected)
    assert (meaning.kind, meaning.key) == (fact, "event-1")


def test_a_subscription_says_whether_it_renews() -> None:
    event = told(
        "creator.subscription.cancel_at_period_end_changed",
        purchaser=FAN,
        cancel_at_period_end=True,
        expires_at="2026-12-20T17:45:00.000Z",
        created_at="2025-01-01T00:00:00Z",
    ).event

    assert isinstance(event, Subscribed)
    assert (event.change, event.renews, event.at) == ("renewal_changed", False, AT_MS)
    assert event.expires_at == 1_797_788_700_000


def test_a_dispute_finds_its_payment_and_fan_inside() -> None:
    event = told("creator.dispute.created", payment={"id": "FV-1", "purchaser": FAN}, amount=1500).event

    assert isinstance(event, MoneyBack)
    assert event.fan is not None
    assert (event.what, event.payment, event.fan.id, event.amount) == ("dispute", "FV-1", "fan-1", 1500)


@pytest.mark.parametrize("gross", [None, "15.00", 9.99, True])
def test_an_amount_that_is_not_whole_cents_is_unknown(gross: object) -> None:
    event = told("creator.payment.succeeded", purchaser=FAN, gross=gross).event

    assert isinstance(event, Paid)
    assert event.gross is None


def test_without_an_envelope_id_the_key_is_made_of_what_happened() -> None:
    payload = body("creator.subscription.activated", purchaser=FAN, expires_at="2026-12-20T17:45:00Z")
    del payload["id"]
    renamed = copy.deepcopy(payload)
    renamed["data"]["purchaser"] |= {"avatar_url": "new", "display_name": "New"}
    later = copy.deepcopy(payload)
    later["data"]["expires_at"] = "2027-01-20T17:45:00Z"

    first, second, third = (understand(json.dumps(each).encode()) for each in (payload, renamed, later))

    assert first.key == second.key
    assert first.key != third.key


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(body("creator.something.new", fan=FAN), id="unknown type"),
        pytest.param({**body("creator.message.received", **MESSAGE), "data": []}, id="data is no object"),
        pytest.param(body("creator.message.received", **(MESSAGE | {"uuid": None})), id="no message id"),
        pytest.param(body("creator.message.received", **(MESSAGE | {"fan": {}})), id="no fan"),
        pytest.param(body("creator.message.received", **(MESSAGE | {"creator": {}})), id="no creator"),
        pytest.param(
            {"type": "creator.follow.created", "data": {"creator": CREATOR, "follower": FAN}}, id="no time"
        ),
        pytest.param({}, id="empty"),
        pytest.param([], id="a list"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b'{"a": NaN}', id="not a number"),
        pytest.param(b'{"a":' * 40 + b"1" + b"}" * 40, id="too deep"),
        pytest.param(b"[" * 200_000, id="far too deep"),
        pytest.param(b'{"a": "' + b"x" * 300_000 + b'"}', id="too long"),
        pytest.param(b'{"a":"' + b'\\"' * 100_000, id="a text that never ends"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", id="a number without end"),
    ],
)
def test_what_no_rule_covers_is_kept_not_guessed(payload: object) -> None:
    meaning = odd(payload)

    assert meaning.reason
    assert meaning.key


def test_what_is_not_understood_still_says_whose_it_is() -> None:
    meaning = odd(body("creator.something.new", fan=FAN))

    assert (meaning.kind, meaning.key, meaning.creator) == ("creator.something.new", "event-1", "creator-1")
    assert meaning.at == AT_MS


def test_a_flat_body_of_the_old_family_is_legacy() -> None:
    meaning = odd({"recipientUuid": "creator-1", "sender": FAN, "timestamp": AT, "messageUuid": "m-1"})

    assert (meaning.reason, meaning.creator, meaning.at) == ("legacy", "creator-1", AT_MS)


def test_brackets_inside_a_text_are_not_depth() -> None:
    event = told("creator.message.received", **(MESSAGE | {"text": "[" * 5000 + '"{'})).event

    assert isinstance(event, FanWrote)
    assert event.text == "[" * 5000 + '"{'


def test_half_a_character_is_replaced_at_the_door() -> None:
    raw = (
        json.dumps(body("creator.message.received", **MESSAGE)).replace('"Hey"', r'"\ud83d \u0000"').encode()
    )
    meaning = understand(raw)

    assert isinstance(meaning, Understood)
    assert isinstance(meaning.event, FanWrote)
    assert meaning.event.text == "\ufffd \ufffd"


def test_the_email_address_stays_at_the_door() -> None:
    for kind in ("creator.payment.succeeded", "creator.something.new"):
        payload = body(kind, purchaser=FAN, gross=5)
        assert "example.test" not in repr(understand(json.dumps(payload).encode()))


@given(raw=st.binary(max_size=300))
def test_any_bytes_have_a_meaning(raw: bytes) -> None:
    assert isinstance(understand(raw), Understood | NotUnderstood)


_VALUES = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dictionaries(st.text(), st.text())
)


@given(name=st.sampled_from(sorted(MESSAGE)), value=_VALUES)
def test_any_field_may_be_anything(name: str, value: object) -> None:
    meaning = understand(json.dumps(body("creator.message.received", **(MESSAGE | {name: value}))).encode())

    if isinstance(meaning, Understood):
        assert event_from(stored(meaning)) == meaning


@pytest.mark.parametrize(
    "kept", [b"", b"[]", b"{}", b'{"event": "Nothing"}', b'{"data": 5}', b"\xff"], ids=repr
)
def test_what_was_not_stored_is_not_read_back(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        event_from(kept)


@pytest.mark.contract
def test_every_example_of_the_contract_is_understood_or_legacy(contracts: Path) -> None:
    examples = sorted((contracts / "webhooks").glob("*.json"))
    assert len(examples) > 30

    for example in examples:
        meaning = understand(example.read_bytes())
        if example.name.startswith("legacy."):
            assert isinstance(meaning, NotUnderstood), example.name
            assert meaning.reason == "legacy"
        else:
            assert isinstance(meaning, Understood), example.name
            assert event_from(stored(meaning)) == meaning
