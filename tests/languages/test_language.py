"""A message is said in the reader's language, and where that fails in English."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from bot.model import catalogues
from bot.model.language import (
    ENGLISH,
    closest,
    english,
    language,
    msgid_many,
    number_text,
    speaking,
    tr,
    tr_many,
    tr_stored,
)
from bot.text.render import money, whole_money

SAYS = {
    "Hello {name}, you have news.": "Hallo {name}, es gibt Neues.",
    "No.": "Nein.",
    "It waits {wait} s in {place}.": "Es wartet {wait} s in {place}.",
    "this channel": "diesem Kanal",
    "Broken {name}.": "Kaputt {nobody}.",
}


class Book(NullTranslations):
    """A small catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self._catalog = SAYS

    def gettext(self, message: str) -> str:
        return SAYS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - as gettext has it
        return "{n} Fan" if n == 1 else "{n} Fans"


@pytest.fixture(autouse=True)
def book() -> Iterator[None]:
    """German is this book for a moment."""
    catalogues.try_on("de", Book())
    yield
    catalogues.take_off("de")


def test_outside_of_any_language_it_is_english() -> None:
    assert language() == ENGLISH
    assert tr("Hello {name}, you have news.", name="Mara") == "Hello Mara, you have news."
    assert tr_many("{n} fan", "{n} fans", 1) == "1 fan"
    assert tr_many("{n} fan", "{n} fans", 1200) == "1,200 fans"


def test_it_is_said_in_the_language_around_it_and_not_after_it() -> None:
    with speaking("de"):
        inside = tr("Hello {name}, you have news.", name="Mara"), tr_many("{n} fan", "{n} fans", 1200)

    assert inside == ("Hallo Mara, es gibt Neues.", "1.200 Fans")
    assert tr("No.") == "No."


def test_parts_are_never_looked_up() -> None:
    with speaking("de"):
        assert tr("Hello {name}, you have news.", name="No.") == "Hallo No., es gibt Neues."


@pytest.mark.parametrize("text", ["", "What nobody translated.", "{braces} stay {"])
def test_what_no_catalogue_has_stays_as_it_is(text: str) -> None:
    with speaking("de"):
        assert tr(text) == text
        assert tr_stored(text) == text


def test_a_wrong_translation_costs_the_language_and_not_the_sentence() -> None:
    with speaking("de"):
        assert tr("Broken {name}.", name="x") == "Broken x."


def test_a_stored_sentence_is_said_in_the_language_of_its_reader() -> None:
    stored = english("It waits {wait} s in {place}.", wait=5, place="this channel")

    with speaking("de"):
        assert stored == "It waits 5 s in this channel."
        assert tr_stored(stored) == "Es wartet 5 s in diesem Kanal."
        assert tr_stored("No.") == "Nein."


def test_a_counted_pair_that_was_marked_is_said_later() -> None:
    pair = msgid_many("{n} fan", "{n} fans")

    with speaking("de"):
        assert tr_many(*pair, 3) == "3 Fans"
        assert tr_many(*pair, 100, n="50 bis 100") == "50 bis 100 Fans"


@pytest.mark.parametrize(
    ("spoken", "number", "dollars", "round_euros", "loss"),
    [
        ("en", "1,234,567", "$1,234.50", "100 EUR", "-$0.05"),
        ("de", "1.234.567", "1.234,50 $", "100 €", "-0,05 $"),
        ("es", "1.234.567", "1.234,50 US$", "100 €", "-0,05 US$"),
    ],
)
def test_numbers_and_money_are_written_as_the_language_writes_them(
    spoken: str, number: str, dollars: str, round_euros: str, loss: str
) -> None:
    with speaking(spoken):
        assert number_text(1_234_567) == number
        assert money(123_450) == dollars
        assert whole_money(100, "EUR") == round_euros
        assert money(-5) == loss


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de", "de"),
        ("es-419", "es"),
        ("es_ES", "es"),
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("en-US", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_the_closest_language_to_a_locale(asked: str, spoken: str) -> None:
    assert closest(asked) == spoken
