"""The cards of the tour in each language."""

import pytest

from bot.features.people.tour import texts
from bot.model.language import speaking


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [
        ("en", "2 of 3: Media, prices and second thoughts", "Next"),
        ("de", "2 von 3: Medien, Preise und wenn du es dir anders überlegst", "Weiter"),
        ("es", "2 de 3: Archivos, precios y cambios de idea", "Siguiente"),
    ],
)
def test_a_card_is_in_its_readers_language(language: str, title: str, button: str) -> None:
    with speaking(language):
        card = texts.card(1)

    assert card.title == title
    assert card.buttons[1].label == button
