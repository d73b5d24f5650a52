"""What is said of a template's use, to whom."""

import pytest

from bot.access.roles import MoneyView
from bot.features.inbox.templates import texts
from bot.features.inbox.templates.import_texts import reason
from bot.features.inbox.templates.texts import usage
from bot.model.language import LANGUAGES, speaking, tr
from storage.inbox.templates import TemplateFigures

MORE = "counted up to a week after. /mass show shows more."
SAID = {
    "never": (TemplateFigures(0, 0, 0), MoneyView.EXACT, "Not sent yet."),
    "once": (TemplateFigures(1, 0, 0), MoneyView.EXACT, "Sent once."),
    "without a price": (TemplateFigures(1200, 0, 0), MoneyView.EXACT, "Sent 1,200 times."),
    "no figures": (TemplateFigures(9, 8, 3), MoneyView.HIDDEN, "Sent 9 times."),
    "in ranges": (
        TemplateFigures(30, 21, 8),
        MoneyView.BANDED,
        "Sent 30 times, about 40% of what had a price was bought.",
    ),
    "one, in ranges": (
        TemplateFigures(1, 1, 1),
        MoneyView.BANDED,
        "Sent once, too few to say how much of what had a price was bought.",
    ),
    "exactly": (
        TemplateFigures(9, 8, 3),
        MoneyView.EXACT,
        "Sent 9 times, 3 of 8 with a price bought (38 %).",
    ),
    "to many, not counted yet": (
        TemplateFigures(0, 0, 0, masses=1),
        MoneyView.EXACT,
        "In 1 mass message: see the result of it in /mass show.",
    ),
    "to many": (
        TemplateFigures(0, 0, 0, masses=2, reached=340, unlocked=12),
        MoneyView.EXACT,
        f"In 2 mass messages, 12 of 340 recipients for a price bought it (4 %), {MORE}",
    ),
    "to many, in ranges": (
        TemplateFigures(0, 0, 0, masses=2, reached=340, unlocked=40),
        MoneyView.BANDED,
        f"In 2 mass messages, about 10% of the recipients bought it, {MORE}",
    ),
    "to few, in ranges": (
        TemplateFigures(0, 0, 0, masses=1, reached=20, unlocked=1),
        MoneyView.BANDED,
        f"In 1 mass message, too few to say how many bought it, {MORE}",
    ),
    "to many, no figures": (
        TemplateFigures(0, 0, 0, masses=2, reached=340, unlocked=12),
        MoneyView.HIDDEN,
        "In 2 mass messages: see the result of them in /mass show.",
    ),
    "nothing bought": (
        TemplateFigures(2, 2, 0),
        MoneyView.EXACT,
        "Sent 2 times, 0 of 2 with a price bought (0 %).",
    ),
}


@pytest.mark.parametrize(("figures", "level", "said"), SAID.values(), ids=SAID)
def test_it_is_said_as_exactly_as_the_reader_sees_figures(
    figures: TemplateFigures, level: MoneyView, said: str
) -> None:
    assert usage(figures, level) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_in_a_list_does_not_say_again_that_nothing_was_saved(language: str) -> None:
    with speaking(language):
        refused = f"{tr('No {item} here.', item='x')}{tr(' Not saved.')}"

        assert reason(refused) == "No x here."
        assert reason(tr(texts.NO_RIGHT)) == tr(texts.NO_RIGHT)
