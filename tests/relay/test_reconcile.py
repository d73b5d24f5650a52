"""Which message of a chat may be a send of unknown fate."""

from dataclasses import replace

import pytest

from bot.model.events import NO_SENDER, NO_TEXT, NO_TYPE
from bot.model.ports import ChatMessage, MessageToFan
from bot.relay.send_match import FAR, SKEW, candidates, hides, is_this, same_words
from storage.records import FanvueMessageId, MediaId

STARTED = 1_000_000
ONE, TWO = MediaId("media-1"), MediaId("media-2")
SENT = MessageToFan("hi there", (ONE, TWO), 900)
THERE = ChatMessage(
    message=FanvueMessageId("message-1"),
    from_creator=True,
    text="hi there",
    media=(ONE, TWO),
    price=900,
    sent_at=STARTED + 700,
    read=False,
    bought_at=None,
)


@pytest.mark.parametrize(
    ("there", "fits"),
    [
        (THERE, True),
        (replace(THERE, text=" hi there\r\n"), True),
        (replace(THERE, media=(TWO, ONE)), True),
        (replace(THERE, sent_at=STARTED - SKEW), True),
        (replace(THERE, read=True, bought_at=STARTED), True),
        (replace(THERE, from_creator=False), False),
        (replace(THERE, text="hi you"), False),
        (replace(THERE, text=None), False),
        (replace(THERE, media=(ONE,)), False),
        (replace(THERE, media=(ONE, TWO, TWO)), False),
        (replace(THERE, price=None), False),
        (replace(THERE, price=901), False),
        (replace(THERE, sent_at=STARTED - SKEW - 1), False),
    ],
    ids=[
        "the same",
        "trimmed",
        "media in another order",
        "a clock that is 5 s behind",
        "read and bought since",
        "from the fan",
        "other words",
        "no words",
        "less media",
        "more media",
        "no price",
        "another price",
        "too early",
    ],
)
def test_a_message_is_this_send_only_if_all_of_it_fits(there: ChatMessage, *, fits: bool) -> None:
    assert is_this(there, SENT, started=STARTED) is fits


@pytest.mark.parametrize(
    ("there", "may_be"),
    [
        pytest.param(THERE, False, id="all of it is told"),
        pytest.param(replace(THERE, text=None, unclear=NO_TEXT), True, id="no text"),
        pytest.param(replace(THERE, text=None, unclear=NO_TEXT, sent_at=1), False, id="no text, too early"),
        pytest.param(
            replace(THERE, text=None, unclear=NO_TYPE, wordless=True), True, id="neither text nor type"
        ),
        pytest.param(replace(THERE, sent_at=0), True, id="no time"),
        pytest.param(replace(THERE, sent_at=0, text="else"), False, id="no time, other words"),
        pytest.param(replace(THERE, from_creator=False, unclear=NO_SENDER), True, id="no sender"),
        pytest.param(
            replace(THERE, from_creator=False, unclear=NO_SENDER, text=None), True, id="no sender, no text"
        ),
        pytest.param(replace(THERE, from_creator=False, sent_at=0), False, id="of the fan"),
        pytest.param(replace(THERE, unclear=NO_TYPE), False, id="only its type is unknown"),
        pytest.param(replace(THERE, sent_at=STARTED - SKEW - 1), True, id="a clock may be wrong"),
        pytest.param(replace(THERE, sent_at=STARTED - FAR), True, id="a clock that nobody noticed"),
        pytest.param(replace(THERE, sent_at=STARTED - FAR - 1), False, id="surely earlier"),
        pytest.param(replace(THERE, sent_at=STARTED - FAR, text="else"), False, id="other words"),
    ],
)
def test_a_message_of_which_too_little_is_told_may_be_this_send(there: ChatMessage, *, may_be: bool) -> None:
    assert hides(there, SENT, started=STARTED) is may_be


def test_no_price_and_a_price_of_nothing_are_the_same() -> None:
    assert is_this(replace(THERE, price=0), replace(SENT, price=None), started=STARTED)


def test_candidates_come_oldest_first() -> None:
    late = replace(THERE, message=FanvueMessageId("message-2"), sent_at=STARTED + 900)
    other = replace(late, message=FanvueMessageId("message-3"), text="else")
    twin = replace(THERE, message=FanvueMessageId("message-0"))

    found = candidates([late, other, THERE, twin], SENT, started=STARTED)

    assert [message.message for message in found] == ["message-0", "message-1", "message-2"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a\r\nb", "a\nb", True),
        ("a\rb", "a\nb", True),
        ("  a ", "a", True),
        ("caf\u00e9", "cafe\u0301", True),
        (None, "", True),
        ("a b", "a  b", False),
        ("A", "a", False),
    ],
)
def test_words_are_the_same_after_what_fanvue_may_do_to_them(
    one: str | None, other: str | None, *, same: bool
) -> None:
    assert same_words(one, other) is same
