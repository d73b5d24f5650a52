"""What a text costs grows with its length alone: steps are counted, not time."""

import random

import pytest

from bot.features.inbox.guard.detection import find
from tests.features.inbox.guard.corpus import innocent

# Each is written over and over: what a search could be made to do again from every sign.
HOSTILE = [
    "a",
    "l1|!iI",
    "p*a*",
    "p a y ",
    "paypa",
    "5 ",
    "five ",
    "a\u200b",
    "a\u0301\u0301",
    "@",
    "a.",
    "1.1.1.",
    "de89 ",
    "i dont use ",
    "im 15 min ",
    "i cant meet you ",
    "nice to meet you we meet ",
    "\ufdfa",
    "a_b1c_ ",
    "\U0001f469\u200d\U0001f469 ",
    "rnvvcl",
    "((((",
    " ",
    "\n",
    "a@b.",
    "http://",
    "0x",
    "13579",
    "pay me my pay ",
    "\U0001d42d\U0001d41e",
]
FANVUE_TAKES, PER_SIGN = 5_000, 25


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(unit: str) -> None:
    half, whole = (find((unit * length)[:length]).steps for length in (FANVUE_TAKES // 2, FANVUE_TAKES))

    assert whole <= 2 * half + 100
    assert whole <= PER_SIGN * FANVUE_TAKES


def test_a_long_chat_costs_as_little() -> None:
    chat = "\n".join(innocent(""))[:FANVUE_TAKES]

    assert find(chat).steps <= PER_SIGN * FANVUE_TAKES


def test_what_no_message_can_be_is_cut() -> None:
    assert find("a b " * 10_000).steps == find("a b " * 2_500).steps


def test_no_text_breaks_it() -> None:
    pick = random.Random(7)  # noqa: S311 - the same texts every time
    signs = "paypl450.,:@+-/()*| \n\u200b\u0301\u00bd\u00b2\u0663\u5341\U0001f17f\ufdfa\u1e9e\u0130"

    for _ in range(400):
        any_sign = "".join(chr(pick.randrange(0x20, 0x2FFFF)) for _ in range(20))
        find("".join(pick.choice(signs + any_sign) for _ in range(120)))
