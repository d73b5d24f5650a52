"""The pages speak as the bridge does, and are short enough to be read."""

import pytest

from tests.architecture.source_tree import TOP
from tests.surface.documents import (
    CHATTERS,
    LEADS,
    OWNERS,
    names_on_the_screen,
    page_sentences,
    pages,
    sentences_of,
    written_words,
)
from tests.surface.voice import OLD_WORDS, old_words_in

TEN_MINUTES = 2_300  # words: grown-ups read about 230 a minute
OLD_PAGE = """# The inbox

Whoever presses Reply claims the fan. What a lead
approved goes
out once, and `it holds` is code.

```
whoever is in here is not read
```

| press | what becomes of it |
|---|---|
- Let the fan go: [it holds](it-holds.md) nobody.
"""


def test_no_page_has_an_old_word() -> None:
    assert [str(old) for old in old_words_in(page_sentences(pages()))] == []


def test_an_old_word_of_a_page_is_found_where_it_is() -> None:
    found = [(old.word, old.sentence.line) for old in old_words_in(sentences_of("docs/old.md", OLD_PAGE))]

    assert found == [
        ("whoever", 3),
        ("goes out", 3),
        ("what becomes of", 11),
        ("what becomes of", 11),  # the word, and the sentence that had it
        ("holds", 13),
        ("let go", 13),
    ]
    assert {word for word, _ in found} <= {*OLD_WORDS}


@pytest.mark.parametrize("name", [*CHATTERS, *LEADS, *OWNERS])
def test_a_page_for_people_is_read_in_ten_minutes(name: str) -> None:
    page = (TOP / "docs" / name).read_text(encoding="utf-8")

    assert len(page.split()) <= TEN_MINUTES


@pytest.mark.parametrize("name", [*CHATTERS, *LEADS, *OWNERS])
def test_what_a_page_prints_bold_is_on_the_screen(name: str) -> None:
    page = (TOP / "docs" / name).read_text(encoding="utf-8")

    assert [one for one in names_on_the_screen(page) if one not in written_words()] == []


def test_a_button_that_no_longer_is_is_found() -> None:
    assert names_on_the_screen("Press **Send** or **Begin anew**.") == ["Send", "Begin anew"]
    assert "Begin anew" not in written_words()
    assert "Start over" in written_words()
