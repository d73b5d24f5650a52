"""Which lists are meant, how many people that is, when that has grown."""

import pytest

from bot.features.publishing.mass_messages.audience import (
    CUSTOM,
    SMART,
    FanList,
    MassMessageAudience,
    choices,
    chosen,
    grew,
    shown_plain,
)
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import LANGUAGES, speaking

SUBSCRIBERS = FanList(SMART, "subscribers", "Subscribers", 120)
MUTED = FanList(SMART, "muted", "Muted", None)
VIP = FanList(CUSTOM, "11111111-2222-4333-8444-555555555555", "VIP", 12)
TWIN = FanList(CUSTOM, "99999999-2222-4333-8444-555555555555", "VIP", 3)
KNOWN = [SUBSCRIBERS, MUTED, VIP]


@pytest.mark.parametrize(
    "typed",
    [
        "subscribers,11111111-2222",
        "Subscribers · 120 fans, VIP · 12 fans",
        "vip, SUBSCRIBERS, vip",
        "11111111-2222-4333-8444-555555555555 , subscribers,",
    ],
)
def test_lists_are_meant_by_handle_id_or_name_each_once(typed: str) -> None:
    assert set(chosen(KNOWN, typed)) == {SUBSCRIBERS, VIP}


def test_a_name_that_two_lists_have_is_not_guessed() -> None:
    with pytest.raises(ProposalRefused, match="Several lists are called “vip”"):
        chosen([*KNOWN, TWIN], "vip")

    assert chosen([*KNOWN, TWIN], TWIN.handle) == (TWIN,)


def test_a_list_that_an_earlier_preview_named_is_taken_as_it_is_now() -> None:
    packed = [{"kind": CUSTOM, "id": VIP.id, "name": "The old name"}]

    assert chosen(KNOWN, packed) == (VIP,)
    with pytest.raises(ProposalRefused, match="“The old name” is no longer on Fanvue"):
        chosen([SUBSCRIBERS], packed)


def test_what_does_not_fit_into_a_choice_is_not_offered() -> None:
    many = [FanList(CUSTOM, f"{n:08d}-2222-4333-8444-555555555555", f"List {n}", n) for n in range(40)]
    typed = ",".join(one.handle for one in many[:7])

    offered = choices(many, f"{typed},list")
    first = choices(many, "list")

    assert offered == []
    assert len(first) == 25
    assert all(len(name) <= 100 and len(value) <= 100 for name, value in first)


def test_nobody_beyond_the_sum_is_meant_and_an_unknown_size_is_not_guessed() -> None:
    assert MassMessageAudience((SUBSCRIBERS, VIP)).most == 132
    assert MassMessageAudience((SUBSCRIBERS, MUTED)).most is None


@pytest.mark.parametrize(
    ("before", "now", "asks"),
    [
        (450, 460, False),
        (450, 461, True),
        (100, 105, False),
        (100, 106, True),
        (12, 12, False),
        (12, 13, True),
        (450, 1250, True),
        (450, 20, False),
        (450, None, True),
        (None, None, False),
        (None, 450, False),
    ],
)
def test_an_audience_that_grew_by_a_twentieth_or_by_ten_asks_again(
    before: int | None,
    now: int | None,
    asks: bool,  # noqa: FBT001 - a case of the table
) -> None:
    assert grew(before, now) is asks


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_that_stayed_in_the_field_is_understood_in_each_language(language: str) -> None:
    with speaking(language):
        typed = ", ".join(map(shown_plain, KNOWN))

        assert chosen(KNOWN, typed) == tuple(KNOWN)
