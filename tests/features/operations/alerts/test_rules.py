"""Which rule decides: the most specific one that there is."""

import random
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.roles import MoneyView
from bot.features.operations.alerts.kinds import AlertKind
from bot.features.operations.alerts.rules import (
    AlertRuleLevel,
    for_channel,
    for_member,
    quiet_left,
    still_sees,
    tells,
)
from bot.text.moments import local_time
from storage.operations.alert_rules import EVERY, NOBODY, AlertRule
from storage.records import Cents, CreatorId, DiscordId

GUILD = DiscordId(1)
LOLA, MILA = CreatorId("lola"), CreatorId("mila")
ANN, BEN = DiscordId(11), DiscordId(12)
_KINDS = [AlertKind.TIP, AlertKind.REFUND]
HOUR = 3_600_000


def rule(creator: CreatorId, member: DiscordId, kind: str = AlertKind.TIP, **values: Any) -> AlertRule:
    return AlertRule(GUILD, creator, member, kind, **values)


TEAM, CREATOR = rule(EVERY, NOBODY), rule(LOLA, NOBODY)
MINE, MINE_HERE = rule(EVERY, ANN), rule(LOLA, ANN)


@pytest.mark.parametrize(
    ("rules", "channel", "ann"),
    [
        ([], AlertRuleLevel.USUAL, None),
        ([TEAM], AlertRuleLevel.TEAM, None),
        ([TEAM, CREATOR], AlertRuleLevel.CREATOR, None),
        ([CREATOR, TEAM], AlertRuleLevel.CREATOR, None),
        ([MINE], AlertRuleLevel.USUAL, AlertRuleLevel.MEMBER),
        ([MINE_HERE, MINE], AlertRuleLevel.USUAL, AlertRuleLevel.MEMBER_CREATOR),
        ([TEAM, CREATOR, MINE], AlertRuleLevel.CREATOR, AlertRuleLevel.MEMBER),
        ([TEAM, CREATOR, MINE, MINE_HERE], AlertRuleLevel.CREATOR, AlertRuleLevel.MEMBER_CREATOR),
        ([rule(MILA, NOBODY), rule(MILA, ANN)], AlertRuleLevel.USUAL, None),
        ([rule(EVERY, BEN), rule(LOLA, BEN)], AlertRuleLevel.USUAL, None),
        ([rule(LOLA, NOBODY, AlertKind.REFUND), TEAM], AlertRuleLevel.TEAM, None),
    ],
)
def test_the_most_specific_rule_of_the_kind_wins(
    rules: Sequence[AlertRule], channel: AlertRuleLevel, ann: AlertRuleLevel | None
) -> None:
    own = for_member(rules, LOLA, AlertKind.TIP, ANN)

    assert for_channel(rules, GUILD, LOLA, AlertKind.TIP).level is channel
    assert (own.level if own is not None else None) is ann


@given(
    st.lists(
        st.builds(
            rule,
            st.sampled_from([EVERY, LOLA, MILA]),
            st.sampled_from([NOBODY, ANN, BEN]),
            st.sampled_from(_KINDS),
            wanted=st.booleans(),
        ),
        unique_by=lambda one: (one.creator, one.member, one.kind),
    ),
    st.randoms(use_true_random=False),
)
def test_what_is_of_others_or_less_specific_never_changes_it_and_order_does_not_either(
    rules: list[AlertRule], rng: random.Random
) -> None:
    found = for_channel(rules, GUILD, LOLA, AlertKind.TIP)
    own = for_member(rules, LOLA, AlertKind.TIP, ANN)
    shuffled = list(rules)
    rng.shuffle(shuffled)
    near = [one for one in rules if one.kind == AlertKind.TIP and one.creator in (EVERY, LOLA)]

    assert for_channel(shuffled, GUILD, LOLA, AlertKind.TIP) == found
    assert for_channel([one for one in near if one.member == NOBODY], GUILD, LOLA, AlertKind.TIP) == found
    assert for_member([one for one in near if one.member == ANN], LOLA, AlertKind.TIP, ANN) == own
    for ruled, whose in ((found, NOBODY), (own, ANN)):
        if ruled is not None and ruled.level is not AlertRuleLevel.USUAL:
            assert ruled.rule in rules
            assert (ruled.rule.member, ruled.rule.kind) == (whose, AlertKind.TIP)
            assert ruled.rule.creator == LOLA or not any(
                one.creator == LOLA and one.member == whose for one in near
            )


@pytest.mark.parametrize(
    ("wanted", "threshold", "cents", "told"),
    [
        (True, 0, 1, True),
        (True, 5_000, 4_999, False),
        (True, 5_000, 5_000, True),
        (True, 5_000, -5_000, True),  # what goes back counts as much
        (True, 5_000, None, True),  # nobody knows that it is less
        (False, 0, 5_000, False),
        (False, 0, None, False),
    ],
)
def test_a_threshold_holds_back_only_what_is_surely_below_it(
    *, wanted: bool, threshold: Cents, cents: Cents | None, told: bool
) -> None:
    assert tells(rule(LOLA, NOBODY, wanted=wanted, threshold=threshold), cents) is told


@pytest.mark.parametrize(
    ("threshold", "then", "now", "holds"),
    [
        (0, "exact", MoneyView.HIDDEN, True),
        (5_000, "exact", MoneyView.EXACT, True),
        (5_000, "exact", MoneyView.BANDED, False),
        (5_000, "banded", MoneyView.BANDED, True),
        (5_000, "banded", MoneyView.EXACT, True),
        (5_000, "banded", MoneyView.HIDDEN, False),
    ],
)
def test_a_threshold_ends_with_the_figures_that_it_was_made_with(
    threshold: Cents, then: str, now: MoneyView, *, holds: bool
) -> None:
    assert still_sees(rule(LOLA, ANN, threshold=threshold, money=then), now) is holds


def test_quiet_hours_are_of_the_readers_own_zone_and_let_vips_through() -> None:
    noon = 1_795_435_200_000  # 12:00 UTC
    assert local_time(noon, ZoneInfo("UTC")).hour == 12
    hours: dict[str, Any] = {"quiet_from": 20 * 60, "quiet_to": 22 * 60}
    tokyo = rule(LOLA, ANN, zone="Asia/Tokyo", **hours)  # 21:00 there

    assert quiet_left(tokyo, "UTC", noon, vip=False) == HOUR
    assert quiet_left(tokyo, "UTC", noon, vip=True) == 0
    assert quiet_left(rule(LOLA, ANN, zone="Asia/Tokyo", vips=False, **hours), "UTC", noon, vip=True) == HOUR
    assert quiet_left(rule(LOLA, ANN, **hours), "UTC", noon, vip=False) == 0
    assert quiet_left(rule(LOLA, ANN, **hours), "Asia/Tokyo", noon, vip=False) == HOUR
    assert quiet_left(rule(LOLA, ANN), "Asia/Tokyo", noon, vip=False) == 0
