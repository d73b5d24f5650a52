"""Levels: what holds, what may hold, what follows from several."""

import pytest

from bot.guarding import wording
from bot.guarding.packs import DEFAULTS, Level, Pack, acting, allowed, levels_of, mark_of, strictest


def test_what_nobody_chose_is_as_the_program_says() -> None:
    assert levels_of({}) == DEFAULTS
    assert levels_of({"meeting": "block"}) == {**DEFAULTS, Pack.MEETING: Level.BLOCK}


@pytest.mark.parametrize("kept", [{"age": "off"}, {"age": "warn"}, {"meeting": "maybe"}, {"weather": "off"}])
def test_a_choice_that_cannot_be_counts_for_nothing(kept: dict[str, str]) -> None:
    assert levels_of(kept) == DEFAULTS


def test_every_default_may_be_chosen_and_minors_are_never_let_through_by_their_author() -> None:
    assert all(level in allowed(pack) for pack, level in DEFAULTS.items())
    assert allowed(Pack.AGE) == (Level.HOLD, Level.BLOCK)


def test_the_strictest_of_several_decides_and_what_is_off_says_nothing() -> None:
    levels = {**DEFAULTS, Pack.CONTACTS: Level.OFF}
    acts = acting({Pack.PRESENCE, Pack.CONTACTS, Pack.PAYMENT}, levels)

    assert acts == {Pack.PAYMENT: Level.HOLD, Pack.PRESENCE: Level.WARN}
    assert strictest(acts) is Level.HOLD
    assert strictest(acting({Pack.CONTACTS}, levels)) is Level.OFF
    assert mark_of(acts) == "payment:hold presence:warn"


def test_every_pack_has_its_words_and_they_fit_into_one_message() -> None:
    everything = wording.refused(Pack)

    assert all(wording.NAMES[pack] for pack in Pack)
    assert len(everything) < 900
    assert len("".join(wording.shown(DEFAULTS, "x" * 60).body)) < 3_000
