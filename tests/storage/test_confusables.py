"""Names that a reader may confuse look the same, and others do not: a table."""
# ruff: noqa: RUF001 -- look-alikes are the point

import pytest

from storage.engine.confusable_letters import CAPITALS, LETTERS
from storage.engine.confusables import folded, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Emma", "Еmmа"),
        ("Emma", "ЕММА"),
        ("Emma", "EMMA 💋"),
        ("Emma", "𝓔𝓶𝓶𝓪"),
        ("Emma", "Ｅｍｍａ"),
        ("Emma", "Émmá"),
        ("Emma", "E\u200bmma"),
        ("Emma", "e-m.m_a"),
        ("Emma", "Ernma"),
        ("Luna", "Iuna"),
        ("luna", "1una"),
        ("lola", "l0la"),
        ("BOB", "ВОВ"),
        ("HELEN", "ΗΕLΕΝ"),
        ("Анна", "Aннa"),
        ("llama", "\u01c1ama"),
        ("quiet-otter", "quiet_otter"),
    ],
)
def test_names_that_a_reader_may_confuse_look_the_same(one: str, other: str) -> None:
    assert likeness(one) == likeness(other) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("Emma", "Emily"), ("Emma", "Anna"), ("Noah", "Nora"), ("Анна", "Инна")]
)
def test_other_names_look_different(one: str, other: str) -> None:
    assert likeness(one) != likeness(other)


@pytest.mark.parametrize("name", [None, "", "J", "Jo", "💋💋💋💋", "----", "\u200b"])
def test_what_is_hardly_a_name_looks_like_nothing(name: str | None) -> None:
    assert likeness(name) is None


def test_every_look_alike_is_of_another_script_or_style_and_means_latin_letters_or_digits() -> None:
    for table in (LETTERS, CAPITALS):
        assert all(letter.isascii() and letter.isalnum() for letter in table)
        assert all(not char.isascii() for alike in table.values() for char in alike)
    assert len(set("".join(LETTERS.values()))) == len("".join(LETTERS.values()))


def test_a_search_is_about_what_is_written_and_not_about_how_it_looks() -> None:
    assert folded("𝓔𝓶𝓶𝓪") == folded("EMMA")
    assert folded("Еmmа") != folded("Emma")
