"""Which fans a rule is about, and which rule hides another."""

import pytest

from bot.features.inbox.routing.rules import (
    RoutedFan,
    RoutingRule,
    first_match,
    hidden_by,
    language_of,
    matches,
)
from bot.model.language import speaking
from storage.inbox.routing_rules import RoutingCondition as When
from storage.records import DiscordId

DAY = 86_400_000


def rule(when: When, word: str | None = None, number: int | None = None, name: str = "r") -> RoutingRule:
    return RoutingRule(name, when, word, number, "member", DiscordId(7), 5)


def fan(*tags: str, days: float = 100, spent: int | None = None) -> RoutedFan:
    return RoutedFan(tags, int(days * DAY), spent)


@pytest.mark.parametrize(
    ("given", "yes", "no"),
    [
        (rule(When.VIP), fan("vip"), fan("vips")),
        (rule(When.TAG, "late night"), fan("x", "late night"), fan("late")),
        (rule(When.LANGUAGE, "German"), fan("deutsch"), fan("danish")),
        (rule(When.LANGUAGE, "German"), fan("german"), fan()),
        (rule(When.NEW, number=7), fan(days=7), fan(days=7.001)),
        (rule(When.SPENT, number=5000), fan(spent=5000), fan(spent=4999)),
        (rule(When.SPENT, number=5000), fan(spent=9000), fan()),
    ],
)
def test_each_condition(given: RoutingRule, yes: RoutedFan, no: RoutedFan) -> None:
    assert matches(given, yes)
    assert not matches(given, no)


def test_a_word_that_cannot_be_opened_matches_nobody() -> None:
    for when in (When.TAG, When.LANGUAGE):
        assert not matches(rule(when), fan("vip", "german"))


def test_the_first_rule_that_fits_counts_and_one_that_is_off_does_not() -> None:
    off = RoutingRule("off", When.EVERYONE, None, None, "member", DiscordId(7), 5, is_on=False)
    vip, every = rule(When.VIP, name="vip"), rule(When.EVERYONE, name="every")

    assert first_match([off, vip, every], fan("vip")) == vip
    assert first_match([off, vip, every], fan()) == every
    assert first_match([off, vip], fan()) is None


@pytest.mark.parametrize(
    ("upper", "lower", "hides"),
    [
        (rule(When.EVERYONE), rule(When.VIP), True),
        (rule(When.VIP), rule(When.EVERYONE), False),
        (rule(When.VIP), rule(When.VIP), True),
        (rule(When.VIP), rule(When.TAG, "vip"), True),
        (rule(When.TAG, "a"), rule(When.TAG, "b"), False),
        (rule(When.LANGUAGE, "German"), rule(When.TAG, "deutsch"), True),
        (rule(When.TAG, "deutsch"), rule(When.LANGUAGE, "German"), False),
        (rule(When.NEW, number=7), rule(When.NEW, number=3), True),
        (rule(When.NEW, number=3), rule(When.NEW, number=7), False),
        (rule(When.SPENT, number=100), rule(When.SPENT, number=500), True),
        (rule(When.SPENT, number=500), rule(When.SPENT, number=100), False),
        (rule(When.NEW, number=7), rule(When.SPENT, number=1), False),
    ],
)
def test_a_rule_below_one_that_takes_all_its_fans_never_matches(
    upper: RoutingRule, lower: RoutingRule, *, hides: bool
) -> None:
    assert (hidden_by([upper, lower]) == (0, 1)) is hides


def test_a_language_has_its_own_name_too() -> None:
    assert [language_of(typed) for typed in ("Deutsch", "GERMAN", "  español ", "Klingon")] == [
        "German",
        "German",
        "Spanish",
        None,
    ]


def test_a_language_is_known_by_its_name_in_the_readers_language() -> None:
    assert language_of("Französisch") is None

    with speaking("de"):
        assert language_of("Französisch") == language_of("french") == "French"
