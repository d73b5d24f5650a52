"""People read plain words of today; what was rewritten stays so."""

import pytest

from tests.surface.sentences import WrittenSentence, written_sentences
from tests.surface.voice import OLD_SENTENCES, OLD_WORDS, old_words_in

OLD = {
    "whoever": "Whoever runs the bridge must update it.",
    "anew": "Write it anew with /reply.",
    "holds": "It holds at once, on this server.",
    "is told": "The creator's owner is told.",
    "what becomes of": "This says what becomes of it.",
    "came of": "/mass show shows what came of them.",
    "stands": "The reason stands beside the sale.",
    "lets in": "The owner lets them in with /team grant.",
    "let go": "Let the fan go.",
    "takes its word back": "One side took its word back.",
    "mend": "Mend the file and import it again.",
    "as it stands": "The same command shows it as it stands now.",
    "of this moment": "Counters are Fanvue's, of this moment.",
    "put aside": "Nothing is put aside here.",
    "a person is needed": "Nothing needs a person.",
    "leaves": "It leaves in 60 s.",
    "goes out": "Your reply goes out as you wrote it.",
    "looked at": "The list is looked at before anything else.",
    "what came in": "Show privately what came in.",
    "Nothing was": "Discarded. Nothing was sent.",
    "any more": "This does not wait any more.",
    "all the same": "Send it to the fan all the same?",
    "it is so": "Nothing changes: it is so already.",
    "somebody": "Somebody answers this fan.",
}
PLAIN = (
    "A Discord message holds 4,000 characters.",
    "You stand in for the owner. Fanvue reports new messages only to the creator's own link.",
    "Only you see this. Leave empty to keep it up.",
    "Nothing was waiting.",
    "A new message just came into this thread, or is on its way.",
    "Fans see these in ranges, let them choose.",
    "Put a fan on a list.",
)


def test_nothing_that_people_read_has_an_old_word() -> None:
    assert [str(old) for old in old_words_in(written_sentences())] == []


@pytest.mark.parametrize("word", OLD_WORDS)
def test_an_old_word_is_found(word: str) -> None:
    sentence = WrittenSentence("texts.py", 1, OLD[word])

    assert word in {old.word for old in old_words_in([sentence])}


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_sentence_has_none(text: str) -> None:
    assert list(old_words_in([WrittenSentence("texts.py", 1, text)])) == []


def test_a_sentence_of_before_is_found_by_a_piece_of_it() -> None:
    assert all(list(old_words_in([WrittenSentence("texts.py", 1, f"So: {old}.")])) for old in OLD_SENTENCES)


def test_what_goes_to_the_log_and_what_explains_the_code_is_not_counted() -> None:
    texts = {sentence.text for sentence in written_sentences()}

    assert "Called by the bot before it connects." not in texts
    assert any(text.startswith("You don't have access to this here.") for text in texts)
