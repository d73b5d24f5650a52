"""What a comment shows above an answer to it: as much as its line does (pure)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.publishing.post_threads.texts import answered
from storage.people.privacy_modes import PrivacyMode

NOW = 1_795_460_400_000
SAID = {"name": "Wren", "handle": "wren", "own": False, "text": "Lovely\nand *new*", "at": NOW}
HEAD = "**Wren commented <t:1795460400:R>:**"


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (PrivacyMode.FULL, "> Lovely\n> and \\*new\\*"),
        (PrivacyMode.COVERED, "> ||Lovely\n> and \\*new\\*||"),
        (PrivacyMode.PRIVATE, "> Texts are hidden on this server. See them privately with /post comments."),
    ],
)
def test_it_shows_as_much_as_the_mode_lets_a_line_show(mode: PrivacyMode, said: str) -> None:
    assert answered(SAID, mode) == f"{HEAD}\n{said}"


def test_of_what_the_filter_kept_back_and_of_what_was_deleted_it_says_so() -> None:
    kept_back = answered(SAID, PrivacyMode.FULL, blocked=True)
    deleted = answered(SAID, PrivacyMode.FULL, gone=True)

    assert "Lovely" not in kept_back
    assert "Discord's AutoMod blocked this comment" in kept_back
    assert deleted.endswith("\nDeleted on Fanvue.")


@given(st.text(max_size=3000), st.sampled_from(PrivacyMode))
def test_whatever_it_says_it_stays_one_quote_and_leaves_room(text: str, mode: PrivacyMode) -> None:
    first, *rest = answered({**SAID, "text": text}, mode).split("\n")

    assert first == HEAD
    assert rest
    assert all(one.startswith("> ") for one in rest)
    assert sum(map(len, rest)) < 1_600 + 2 * len(rest)
