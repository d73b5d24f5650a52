"""What is measured on a phone is really longer, and what is not ours stays."""

from types import SimpleNamespace

import pytest

from tests.languages.marked import BEGIN, END
from tests.languages.stretched import StretchedWords, stretched, translated


def marked(text: str) -> str:
    return text.replace("⟦", BEGIN).replace("⟧", END)


@pytest.mark.parametrize(
    ("said", "longer"),
    [
        ("⟦Send⟧", "Sendse"),
        ("⟦Choose a creator⟧", "Choose a creator choose"),
        ("Sam Bell", "Sam Bell"),
        ("⟦Sent to Sam.⟧ ⟦No.⟧", "Sent to Sam. sent No.n"),
        ("⟦⟦Post⟧ published⟧", "Postpo publishedpubl"),
        ("⟦<@123> `/reply` https://host/a 18:00⟧", "<@123> `/reply` https://host/a 18:00"),
    ],
)
def test_each_message_is_longer_by_two_fifths_of_its_letters(said: str, longer: str) -> None:
    assert stretched(marked(said)) == longer


def test_or_it_is_said_in_a_language() -> None:
    assert stretched(marked("⟦Reply⟧: ⟦No changes made.⟧ Sam"), translated("es")) == (
        "Responder: Sin cambios. Sam"
    )


def test_a_message_shows_it_for_a_while_and_what_came_meanwhile_stays() -> None:
    words = StretchedWords()
    words._plain({"content": marked("⟦Send⟧"), "label": marked("⟦Reply⟧")})
    quiet, busy = (
        SimpleNamespace(content="Send", components=[{"label": "Reply"}, {"label": "Sam"}]) for _ in range(2)
    )

    with words.shown([quiet, busy]) as changed:
        shown = (quiet.content, quiet.components)
        busy.content = "New"

    assert (changed, shown) == (2, ("Sendse", [{"label": "Replyre"}, {"label": "Sam"}]))
    assert (quiet.content, quiet.components) == ("Send", [{"label": "Reply"}, {"label": "Sam"}])
    assert busy.content == "New"
