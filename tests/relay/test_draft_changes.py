"""How much of a draft was changed: a share of words that anyone can count."""

import pytest

from bot.model.draft_source import DraftChange, DraftMark, DraftSource, DraftUse, ReplyDraft, mark_of
from bot.model.ports import MessageToFan
from bot.relay.carried_drafts import carried, carried_in, mark_for
from bot.text.draft_changes import change_of, drafted_by, words_kept
from storage.records import DiscordId, DraftId, MediaId

_MEDIA = (MediaId("11111111-1111-4111-8111-111111111111"),)


@pytest.mark.parametrize(
    ("draft", "sent", "kept"),
    [
        ("Good night", "Good night", 100),
        ("Good night", "good night!", 100),
        ("Good night, and thank you", "Thank you, and good night", 100),
        ("one two three four", "one two three five", 75),
        ("one two", "one two three four five", 40),
        ("one two three four five", "one two", 40),
        ("ha ha ha", "ha", 33),
        ("something", "else", 0),
        (None, "a text", 0),
        ("a text", None, 0),
        (None, None, 100),
        ("😘", "❤️", 0),
        ("おやすみ", "おやすみなさい", 57),
    ],
)
def test_words_that_both_have_are_counted_in_percent_of_the_longer_text(
    draft: str | None, sent: str | None, kept: int
) -> None:
    assert words_kept(draft, sent) == kept


@pytest.mark.parametrize(
    ("sent", "use", "parts"),
    [
        (MessageToFan("one two three four", _MEDIA, 500), DraftUse.UNCHANGED, ()),
        (MessageToFan("one two three four!", _MEDIA, 500), DraftUse.EDITED, ("text",)),
        (MessageToFan("one two five six", _MEDIA, 500), DraftUse.EDITED, ("text",)),
        (MessageToFan("one five six seven", _MEDIA, 500), DraftUse.REWRITTEN, ("text",)),
        (MessageToFan("one two three four", _MEDIA, 900), DraftUse.EDITED, ("price",)),
        (MessageToFan("one two three four"), DraftUse.EDITED, ("media", "price")),
        (MessageToFan("one two three four", _MEDIA, 500, _MEDIA[0]), DraftUse.EDITED, ("preview",)),
    ],
)
def test_media_price_and_preview_are_told_beside_the_words(
    sent: MessageToFan, use: DraftUse, parts: tuple[str, ...]
) -> None:
    change = change_of(MessageToFan("one two three four", _MEDIA, 500), sent)

    assert (change.use, change.parts) == (use, parts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (DraftChange(100), "Draft by n8n: unchanged"),
        (DraftChange(100, ("price",)), "Draft by n8n: text unchanged, price changed"),
        (DraftChange(86, ("text", "media")), "Draft by n8n: edited, 86% of the words kept, media changed"),
        (DraftChange(12, ("text",)), "Draft by n8n: rewritten, 12% of the words kept"),
        (None, "Draft by n8n"),
    ],
)
def test_it_is_said_in_one_line(change: DraftChange | None, said: str) -> None:
    mark = DraftMark(DraftId("d"), DraftSource.of_key("k1", "n8n"), change, DiscordId(1))

    assert drafted_by(mark) == said


@pytest.mark.parametrize("source", [DraftSource.of_key("k1", "n8n"), DraftSource.of_engine("local")])
@pytest.mark.parametrize("change", [DraftChange(75, ("text", "price")), None])
@pytest.mark.parametrize("editor", [DiscordId(1 << 60), None])
def test_a_mark_is_read_back_as_it_was_kept(
    source: DraftSource, change: DraftChange | None, editor: DiscordId | None
) -> None:
    mark = DraftMark(DraftId("d"), source, change, DiscordId(1), editor)

    assert mark_of(mark.packed()) == mark


@pytest.mark.parametrize(
    "packed", [None, "", "{}", "[]", "nonsense", '{"draft":"d","new_kind":"x","name":"y"}']
)
def test_what_this_version_does_not_know_is_no_mark(packed: str | None) -> None:
    assert mark_of(packed) is None


@pytest.mark.parametrize("message", [MessageToFan("hello", _MEDIA, 500, _MEDIA[0]), None])
def test_a_draft_goes_along_with_its_command_and_the_name_alone_is_an_earlier_versions(
    message: MessageToFan | None,
) -> None:
    draft = ReplyDraft(DraftId("d"), DraftSource.of_key("k1", "n8n"), message)

    assert carried_in(carried(draft)) == draft
    earlier = carried_in({"drafted": "n8n"})
    assert earlier is not None
    assert (earlier.source.name, earlier.message) == ("n8n", None)
    assert carried(earlier) == {"drafted": "n8n"}  # whoever edits it keeps the name
    assert carried_in({}) is None
    assert mark_for({"drafted": "n8n"}, MessageToFan("hello"), DiscordId(1)) is None
