"""Each letter of a language can be drawn, and nothing unseen is a box."""

import hashlib

import pytest

from bot.features.money.charts.bars import draw
from bot.features.money.charts.model import BarChart
from bot.text.typeface import FONT, typeface
from tests.languages.extraction import TRANSLATED, read, templates

FORMATS = "$€%·–—\N{MINUS SIGN}…«»„“”¿¡+\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
NO_LETTER = "\uffff"
PUBLISHED = "bade59d822652f76e6941aa87b40a87c13d1cc70db98ededb5011127efafd1d3"


def letters(language: str) -> set[str]:
    """All that a catalogue of the language spells with."""
    said = (message.string for folder in templates() for message in read(folder, language))
    return {
        letter
        for one in said
        for form in ([one] if isinstance(one, str) else one or ())
        for letter in form
        if letter.isalnum()
    }


def titled(title: str) -> bytes:
    return draw(BarChart(title, "", (), ()))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_letter_and_sign_of_a_language_can_be_drawn(language: str) -> None:
    font = typeface(24)
    box = bytes(font.getmask(NO_LETTER))

    assert [one for one in sorted({*letters(language), *FORMATS}) if bytes(font.getmask(one)) == box] == []


@pytest.mark.parametrize(
    "unseen", ["\N{INVISIBLE SEPARATOR}", "\N{VARIATION SELECTOR-16}", "\N{ZERO WIDTH JOINER}", "\U000f0041"]
)
def test_what_cannot_be_seen_is_not_drawn(unseen: str) -> None:
    assert titled(f"Verkäufe{unseen} heute") == titled("Verkäufe heute")


def test_a_title_of_several_lines_is_drawn_on_one() -> None:
    assert titled("Ventas de\nhoy") == titled("Ventas de hoy")


def test_the_font_is_as_it_was_published() -> None:
    """Its licence lets nobody change it under its name."""
    assert hashlib.sha256(FONT.read_bytes()).hexdigest() == PUBLISHED
