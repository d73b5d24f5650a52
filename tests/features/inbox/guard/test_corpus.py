"""Every evasion of the corpus is found, and no innocent line is taken for one."""

import pytest

from bot.features.inbox.guard.detection import find
from bot.features.inbox.guard.packs import GuardPack
from tests.features.inbox.guard.corpus import evasions, innocent

PARTS = ("", "_held_out")


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    found = [*evasions(""), *evasions("_held_out")]

    assert len(found) >= 150
    assert len([*innocent(""), *innocent("_held_out")]) >= 300
    assert {pack for pack, _ in found} == set(GuardPack)
    assert len({text for _, text in found}) == len(found)


@pytest.mark.parametrize("part", PARTS)
def test_all_evasions_are_found(part: str) -> None:
    missed = [(pack.value, text) for pack, text in evasions(part) if pack not in find(text).packs]

    assert missed == []


@pytest.mark.parametrize("part", PARTS)
def test_no_innocent_line_is_found(part: str) -> None:
    taken = [(text, sorted(find(text).packs)) for text in innocent(part) if find(text).packs]

    assert taken == []


@pytest.mark.parametrize("part", PARTS)
def test_an_evasion_is_found_between_innocent_lines_too(part: str) -> None:
    missed = [
        text for pack, text in evasions(part) if pack not in find(f"hey babe 😘\n{text}\nmiss you").packs
    ]

    assert missed == []
