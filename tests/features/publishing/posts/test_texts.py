"""What a preview shows fits into a message, and says how much it leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.message_bodies import edit_of
from bot.features.publishing.posts import texts as posts_texts
from bot.features.publishing.posts.plan_rules import PlannedPost, as_typed, retyped
from bot.features.publishing.proposals import texts as proposals_texts
from bot.features.publishing.proposals.model import ProposalPreview
from bot.model.language import LANGUAGES, speaking
from bot.text.safe_text import plain
from storage.records import DraftId, EffectState, MediaId
from tests.relay.clock_fixtures import EVENING

PHOTO = MediaId("1b4e28ba-2fa1-11d2-883f-0016d3cca427")


def shown(text: str) -> ProposalPreview:
    """The longest that all else can be."""
    made = PlannedPost(
        *("followers-and-subscribers", "America/Argentina/ComodRivadavia"),
        text=text or None,
        media=(PHOTO,),
        price=99_999_999,
        preview=PHOTO,
        publish_at=EVENING + 86_400_000 * 170,
    )
    return ProposalPreview(
        content=made.packed(),
        title=posts_texts.title("h" * 60),
        body=posts_texts.body(made, {PHOTO: "hologram"}, EVENING, chosen=False),
        confirm=posts_texts.button(made),
        warning=posts_texts.warning(made, EVENING),
    )


@given(st.text(max_size=5000) | st.text("ab \n*_~", min_size=3000, max_size=5000))
def test_every_text_fits_before_and_after_the_press(text: str) -> None:
    preview = shown(text.strip())

    asked = proposals_texts.preview(
        DraftId("d" * 22), preview, "This has changed since you saw it: look again."
    )
    edit_of(asked)
    edit_of(
        proposals_texts.ended(asked, f"Post {posts_texts.told(PlannedPost('subscribers', 'UTC'))}", "", None)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["*_" * 2500, "a\n" * 2500])
def test_the_longest_fits_in_each_language(language: str, text: str) -> None:
    with speaking(language):
        edit_of(
            proposals_texts.preview(
                DraftId("d" * 22), shown(text.strip()), proposals_texts.overtaken("published")
            )
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["subscribers", "followers-and-subscribers"])
def test_what_a_window_shows_is_taken_back_in_each_language(language: str, audience: str) -> None:
    post = PlannedPost(audience, "UTC", text="New set")

    with speaking(language):
        assert retyped(post, as_typed(post), None, EVENING) == post


@pytest.mark.parametrize("text", ["a\n" * 2000, "*" * 5000, "word " * 1000])
def test_what_is_left_out_is_counted(text: str) -> None:
    body = shown(text.strip()).body[-1]

    quoted, _, rest = body.rpartition("\n")
    letters = len("\n".join(line.removeprefix("> ") for line in quoted.split("\n")).replace("\\", ""))
    assert rest == (
        f"… and {len(plain(text.strip())) - letters:,} more characters, published as you typed them "
        f"({len(text.strip()):,} in all)."
    )


def test_a_kind_of_file_that_nobody_knows_is_a_file() -> None:
    assert "**Media:** 1 file" in shown("hello").body[0]
    assert "**Free preview:** item 1, a file" in shown("hello").body[0]


def test_every_end_of_a_post_has_words_of_its_own() -> None:
    about = {"noun": "Post", "done": "published", "again": "/post new"}
    ends = [
        proposals_texts.state(state, "Fanvue says no.", about)[0]
        for state in (EffectState.REJECTED, EffectState.ABSENT, EffectState.UNKNOWN, EffectState.PENDING)
    ]

    assert ends == [
        "Post: not published",
        "Post: not known whether it was published",
        "Post: checking…",
        "Post: waiting",
    ]
