"""The listener reads English; the picture shows what the bridge says."""

from collections.abc import Iterator

import pytest

from bot.model import catalogues
from bot.model.language import money_text, speaking, tr, tr_many
from bot.text.safe_text import one_line
from bot.web import pages
from tests.languages.spoken import SpokenWords


@pytest.fixture
def words() -> Iterator[SpokenWords]:
    made = SpokenWords("de")
    made.speak("de")
    with speaking("de"):
        yield made
    catalogues.take_off("de")


def both(words: SpokenWords, said: str) -> tuple[str, str]:
    """What is heard, and what is shown."""
    body = {"content": said}
    words._plain(body)
    return body["content"], words.of(body["content"])


@pytest.mark.parametrize(
    ("english", "german"),
    [("Reply", "Antworten"), ("No changes made.", "Nichts geändert."), ("Sam Bell", "Sam Bell")],
)
def test_a_short_message_is_shown_in_the_language(words: SpokenWords, english: str, german: str) -> None:
    assert both(words, tr(english)) == (english, german)


def test_what_is_filled_in_is_english_in_english(words: SpokenWords) -> None:
    heard, shown = both(words, tr_many("{n} fan", "{n} fans", 1234))

    assert (heard, shown) == ("1.234 fans", "1.234 Fans")


def test_a_command_is_named_as_each_of_them_types_it(words: SpokenWords) -> None:
    heard, shown = both(
        words, tr("This command is now {now}.", now=tr("Nobody is connected here: run /link."))
    )

    assert heard == "This command is now Nobody is connected here: run /link.."
    assert shown == "Dieser Befehl heißt jetzt Hier ist niemand verbunden: Führe /verbinden aus.."


def test_money_is_heard_in_dollars(words: SpokenWords) -> None:
    assert both(words, f"Sam: {money_text(123456, 'USD')}") == ("Sam: $1,234.56", "Sam: 1.234,56 $")


def test_a_text_that_is_cut_off_is_heard_as_far_as_it_was_said(words: SpokenWords) -> None:
    heard, shown = both(words, f"{tr('Reply')} {tr('No changes made.')[:8]}…")

    assert heard == "Reply No changes made."
    assert shown == "Antworten Nichts …"


def test_what_is_beside_a_message_is_heard_where_unseen_signs_are_taken_out(words: SpokenWords) -> None:
    heard, shown = both(words, one_line(f"1. {tr('Picture')} · Beach", 100))

    assert (heard, shown) == ("1. Picture · Beach", "1. Bild · Beach")


def test_a_page_is_read_in_the_language_and_its_buttons_are_pressed_in_english(words: SpokenWords) -> None:
    page = tr(pages._START)

    assert "Weiter mit Discord" in words.shown_as(page)
    assert '<button type="submit">Continue with Discord</button>' in words.plain(page)
    assert "$user" in words.plain(page)
