"""The order of FEATURES: an error names the line to move."""

import pytest

from bot.engine.listeners import Listeners
from bot.engine.slots import Slot
from bot.features.contract import BuiltFeatures, Feature, NotBuilt

CHECKS = Slot[str]("checks of a reply")


def test_a_part_is_found_by_its_class_and_so_is_a_service() -> None:
    built = BuiltFeatures(Listeners())

    built.add(Feature(name="words", parts=("a part",), services=(7,)))

    assert (built.get(str), built.get(int)) == ("a part", 7)
    assert built.services() == [7]


def test_what_is_asked_for_before_it_is_built_is_said_by_its_class() -> None:
    with pytest.raises(NotBuilt, match="str is asked for before it is built"):
        BuiltFeatures(Listeners()).get(str)


def test_two_features_with_one_class_are_refused() -> None:
    built = BuiltFeatures(Listeners())
    built.add(Feature(name="words", parts=("one",)))

    with pytest.raises(NotBuilt, match="numbers brings str, and words has brought it"):
        built.add(Feature(name="numbers", parts=("two",)))


def test_what_is_brought_for_a_slot_comes_in_the_order_of_the_list() -> None:
    built = BuiltFeatures(Listeners())
    built.add(Feature(name="one", brings=(CHECKS.of("first"), Slot[str]("another").of("other"))))
    built.add(Feature(name="two", brings=(CHECKS.of("second"),)))

    assert built.brought(CHECKS, "replies") == ["first", "second"]


def test_what_comes_too_late_for_a_slot_is_said_with_both_names() -> None:
    built = BuiltFeatures(Listeners())
    built.brought(CHECKS, "replies")

    with pytest.raises(NotBuilt, match=r"move late before replies in FEATURES"):
        built.add(Feature(name="late", brings=(CHECKS.of("third"),)))
