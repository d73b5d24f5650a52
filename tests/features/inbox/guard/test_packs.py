"""Levels: what holds, what may hold, what follows from several."""

import pytest

from bot.features.inbox.guard import texts
from bot.features.inbox.guard.packs import (
    DEFAULTS,
    GuardLevel,
    GuardPack,
    acting,
    allowed,
    levels_of,
    mark_of,
    strictest,
)


def test_what_nobody_chose_is_as_the_program_says() -> None:
    assert levels_of({}) == DEFAULTS
    assert levels_of({"meeting": "block"}) == {**DEFAULTS, GuardPack.MEETING: GuardLevel.BLOCK}


@pytest.mark.parametrize("kept", [{"age": "off"}, {"age": "warn"}, {"meeting": "maybe"}, {"weather": "off"}])
def test_a_choice_that_cannot_be_counts_for_nothing(kept: dict[str, str]) -> None:
    assert levels_of(kept) == DEFAULTS


def test_every_default_may_be_chosen_and_minors_are_never_let_through_by_their_author() -> None:
    assert all(level in allowed(pack) for pack, level in DEFAULTS.items())
    assert allowed(GuardPack.AGE) == (GuardLevel.HOLD, GuardLevel.BLOCK)


def test_the_strictest_of_several_decides_and_what_is_off_says_nothing() -> None:
    levels = {**DEFAULTS, GuardPack.CONTACTS: GuardLevel.OFF}
    acts = acting({GuardPack.PRESENCE, GuardPack.CONTACTS, GuardPack.PAYMENT}, levels)

    assert acts == {GuardPack.PAYMENT: GuardLevel.HOLD, GuardPack.PRESENCE: GuardLevel.WARN}
    assert strictest(acts) is GuardLevel.HOLD
    assert strictest(acting({GuardPack.CONTACTS}, levels)) is GuardLevel.OFF
    assert mark_of(acts) == "payment:hold presence:warn"


def test_every_pack_has_its_words_and_they_fit_into_one_message() -> None:
    everything = texts.refused(GuardPack)

    assert all(texts.NAMES[pack] for pack in GuardPack)
    assert len(everything) < 900
    assert len("".join(texts.shown(DEFAULTS, "x" * 60).body)) < 3_000
