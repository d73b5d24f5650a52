"""What is measured on a phone is really longer, and what is not ours stays."""

from types import SimpleNamespace

import pytest

from tests.languages.marked import BEGIN, END
from tests.languages.stretched import StretchedWords, stretched


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


def test_a_message_shows_it_for_a_while_and_so_does_what_is_said_meanwhile() -> None:
    words = StretchedWords()
    words._plain({"content": marked("⟦Send⟧"), "label": marked("⟦Reply⟧")})
    quiet, busy = (
        SimpleNamespace(content="Send", components=[{"label": "Reply"}, {"label": "Sam"}]) for _ in range(2)
    )
    said = {"content": marked("⟦Edit⟧"), "name": marked("⟦Edit⟧")}

    with words.shown([quiet, busy], lambda: [quiet, busy]) as changed:
        shown = (quiet.content, quiet.components)
        words._plain(said)
        busy.content = said["content"]

    assert (changed, shown) == (2, ("Sendse", [{"label": "Replyre"}, {"label": "Sam"}]))
    assert said == {"content": "Edited", "name": "Edit"}
    assert (quiet.content, quiet.components) == ("Send", [{"label": "Reply"}, {"label": "Sam"}])
    assert busy.content == "Edit"
