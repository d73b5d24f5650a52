"""A forbidden word is known in every disguise, at a bounded cost."""

import pytest

from bot.features.inbox.guard.folded_text import StepCounter
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.rules import (
    MOST,
    GuardWordFindings,
    GuardWordMatcher,
    GuardWordRefused,
    checked_word,
    key_of,
    read_text,
    steps_for,
)


def find(text: str, *phrases: str) -> GuardWordFindings:
    keys = [checked_word(phrase, GuardLevel.WARN).key for phrase in phrases]
    return GuardWordMatcher(keys).find(read_text(text, StepCounter()), steps_for(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Valencia", "see you in valencia!"),
        ("valencia", "V4L3NC1A"),
        ("valencia", "vаlеnсiа"),  # noqa: RUF001 - Cyrillic a, e, c
        ("valencia", "va\u200blen\u2060cia"),
        ("valencia", "v a l e n c i a"),
        ("valencia", "v.a.l.e.n.c.i.a"),
        ("valencia", "valenciaaaaa"),
        ("valencia", "va*encia"),
        ("valencia", "\U0001d4cb\U0001d4b6\U0001d4c1\u212f\U0001d4c3\U0001d4b8\U0001d4be\U0001d4b6"),
        ("real name", "my real name is"),
        ("real name", "Réal\nNÁME"),
        ("real name", "realname"),
        ("real name", "real-n4me"),
        ("real name", "r e a l n a m e"),
        ("real name", "real n a m e"),
        ("kik", "k1k"),
        ("ЖУРНАЛ", "мой журнал тут"),
        ("Größe", "grosse größe"),
        ("微信", "我们去微信聊"),
        ("วอท", "มาคุยในวอทกัน"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("+49 170 1234567", "call +49 170 1234567"),
        ("+49 170 1234567", "+491701234567"),
    ],
)
def test_a_forbidden_word_is_known_in_every_disguise(phrase: str, text: str) -> None:
    assert find(text, phrase).keys == (key_of(phrase),)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("valencia", "valencian oranges"),
        ("valencia", "I like Valerie"),
        ("real name", "a real first name"),
        ("real name", "it is real. Name it"),
        ("ab", "4b or a8"),
        ("therapist", "the rapist"),
        ("kik", "kicking"),
    ],
)
def test_what_is_something_else_is_not(phrase: str, text: str) -> None:
    assert find(text, phrase).keys == ()


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("x" * 61, "more than 60 characters"),
        ("abcd" * 10 + " name", "more than 36 letters"),
        ("🍆", "no letter or digit"),
        ("***", "no letter or digit"),
        (" \u200b ", "no letter or digit"),
    ],
)
def test_what_cannot_be_found_cannot_be_forbidden(phrase: str, why: str) -> None:
    with pytest.raises(GuardWordRefused, match=why):
        checked_word(phrase, GuardLevel.BLOCK)


def test_each_of_five_hundred_is_found_and_a_long_text_costs_a_bounded_number_of_steps() -> None:
    phrases = [f"word{number:03} of {number * 7}" for number in range(MOST)]
    text = ("hey babe, how was your day? word123 of 861, i was thinking of you " * 80)[:5_000]

    found = find(text, *phrases)

    assert found.keys == (key_of(phrases[123]),)
    assert found.whole
    assert found.steps < 10 * len(text)


@pytest.mark.parametrize("text", ["6 9 " * 1_250, "69" * 2_500, "6*" * 2_500, "g q " * 1_250])
def test_a_list_made_to_cost_much_is_cut_off_and_says_so(text: str) -> None:
    # Each 6 of a text may be b or g, each 9 g or q: a list of many such words is as tangled as one can be.
    words = {
        "".join("gq"[number >> bit & 1] for bit in range(9)) + "b" * (number % 3) for number in range(MOST)
    }

    found = find(text, *words)

    assert found.steps < 2 * steps_for(text)
    assert found.whole or found.steps > steps_for(text)
