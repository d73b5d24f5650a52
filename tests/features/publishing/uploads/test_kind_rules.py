"""How large a voice note may be."""

import pytest

from bot.features.publishing.uploads.kind_rules import LONGEST_NOTE, UploadRefused, check_note


def test_a_voice_note_of_exactly_the_limit_is_taken() -> None:
    check_note(LONGEST_NOTE)


def test_one_byte_more_is_refused_and_never_said_to_be_the_limit() -> None:
    with pytest.raises(UploadRefused) as refused:
        check_note(LONGEST_NOTE + 1)

    assert str(refused.value) == (
        "A voice note has at most 100 MiB, and this one has 101 MiB. "
        "Save it as MP3 or M4A, or send a shorter one."
    )
