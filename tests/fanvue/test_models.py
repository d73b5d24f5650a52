"""Tolerance: missing, null, unknown and odd fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fanvue.figures import FanInsights, FanvueEarningRow, MediaRow, SubscriberRow
from bot.fanvue.models import ChatRow, MessageRow, UserRow
from bot.fanvue.rows import FanvueRow, FanvueRowError, read
from bot.fanvue.values import cents_of, clean, iso_of, millis_of

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
MESSAGE = {
    "uuid": "m-1",
    "text": "Hey",
    "sentAt": "2026-11-20T18:04:31.512Z",
    "sender": {"uuid": "f-1", "handle": "otter"},
    "mediaUuids": ["a", "b"],
    "type": "A_TYPE_OF_TOMORROW",
    "pricing": {"USD": {"price": 500}},
    "purchasedAt": None,
    "isRead": True,
    "unheardOf": {"deep": [1]},
}


def test_a_message_is_read_whole() -> None:
    message = read(MessageRow, MESSAGE)

    assert message.sent_at == 1_795_197_871_512
    assert message.price == 500
    assert message.type == "A_TYPE_OF_TOMORROW"
    assert message.media_uuids == ["a", "b"]
    assert message.is_read is True


def test_an_id_alone_is_enough() -> None:
    message = read(MessageRow, {"uuid": "m-1"})

    assert (message.text, message.price, message.is_read, message.sent_at) == (None, None, None, None)


@pytest.mark.parametrize("name", [name for name in MESSAGE if name != "uuid"])
@given(odd=ANY_JSON)
def test_an_odd_field_never_costs_the_message(name: str, odd: object) -> None:
    assert read(MessageRow, MESSAGE | {name: odd}).uuid == "m-1"


@pytest.mark.parametrize(
    "value", [{}, {"uuid": None}, {"uuid": ""}, {"uuid": 5}, {"uuid": ["m"]}, [], "m", None]
)
def test_a_message_without_an_id_cannot_be_read(value: object) -> None:
    with pytest.raises(FanvueRowError):
        read(MessageRow, value)


@given(value=ANY_JSON)
@pytest.mark.parametrize(
    "model", [MessageRow, ChatRow, UserRow, FanvueEarningRow, FanInsights, MediaRow, SubscriberRow]
)
def test_any_json_is_read_or_unreadable(model: type[FanvueRow], value: object) -> None:
    try:
        read(model, value)
    except FanvueRowError:
        return


def test_a_bad_date_inside_the_user_of_a_chat_does_not_cost_the_chat() -> None:
    chat = read(ChatRow, {"user": {"uuid": "f-1", "handle": "otter", "registeredAt": "long ago"}})

    assert (chat.user.uuid, chat.user.handle, chat.user.registered_at) == ("f-1", "otter", None)


def test_a_chat_with_a_user_without_an_id_cannot_be_read() -> None:
    with pytest.raises(FanvueRowError):
        read(ChatRow, {"user": {"handle": "otter"}})


def test_half_a_subscription_is_kept() -> None:
    row = {"uuid": "f-1", "subscription": {"status": "active", "price": 9.99}, "firstSubscribedAt": None}

    subscriber = read(SubscriberRow, row)

    assert subscriber.subscription is not None
    assert (subscriber.subscription.status, subscriber.subscription.price) == ("active", None)


@pytest.mark.parametrize("gross", [None, "15.00", 9.99, True])
def test_an_earning_without_whole_cents_is_not_counted_as_anything(gross: object) -> None:
    with pytest.raises(FanvueRowError):
        read(FanvueEarningRow, {"date": "2026-11-20", "gross": gross})


def test_a_reversal_is_a_negative_earning() -> None:
    earning = read(FanvueEarningRow, {"date": "2026-11-20T00:00:00Z", "gross": -1500, "source": "refund"})

    assert (earning.gross, earning.source) == (-1500, "refund")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("1970-01-01T00:00:00.001Z", 1),
        ("1970-01-01T00:00:00.0019Z", 1),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01T00:00:00", 0),
        ("1970-01-02", 86_400_000),
        (None, None),
    ],
)
def test_times_are_read_to_the_millisecond(text: str | None, expected: int | None) -> None:
    assert millis_of(text) == expected


@pytest.mark.parametrize("odd", ["", "yesterday", 5, 1.5, True, [], "0001-01-01T00:00:00+14:00x"])
def test_what_is_no_time_is_refused(odd: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        millis_of(odd)


@given(at=st.integers(min_value=0, max_value=4_000_000_000_000))
def test_a_time_survives_its_iso_form(at: int) -> None:
    assert millis_of(iso_of(at)) == at


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (300, 300), (-5, -5), (300.0, 300), (None, None)])
def test_whole_cents_are_read(value: object, expected: int | None) -> None:
    assert cents_of(value) == expected


@pytest.mark.parametrize("odd", [9.99, "300", True, float("nan"), float("inf"), 10**30, [], {}])
def test_what_is_not_whole_cents_is_refused(odd: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        cents_of(odd)


@given(text=st.text(st.characters(categories=("L", "Cs", "So", "Cc"))))
def test_a_clean_text_can_always_be_stored(text: str) -> None:
    assert "\x00" not in clean(text)
    assert clean(text).encode().decode() == clean(text)


def test_clean_leaves_emoji_alone() -> None:
    assert clean("ok \U0001f44d\u200d\u2764\ufe0f") == "ok \U0001f44d\u200d\u2764\ufe0f"
