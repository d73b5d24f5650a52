"""Words that are compared or taken apart mean the same in every language."""

import pytest

from bot.features.inbox.approvals import texts as approval_texts
from bot.model.language import LANGUAGES, speaking, tr
from bot.relay.message_template import TemplateRefused, TypedTemplate, checked
from bot.text.media_words import IMAGE, MEDIA_ICONS, media_label, media_listed, said_exactly
from bot.text.moments import ahead, waited

EVERY = pytest.mark.parametrize("language", LANGUAGES)
_HOUR = 3_600_000


@EVERY
@pytest.mark.parametrize(
    "typed",
    [
        TypedTemplate("Night", "hi", price=500),
        TypedTemplate("Night", "hi", preview="00000000-0000-4000-8000-000000000000"),
        TypedTemplate("Night", "hi", media=("a picture",)),
        TypedTemplate("Night", "hi", price=100, media=("00000000-0000-4000-8000-000000000000",)),
    ],
)
def test_a_template_that_is_refused_was_not_saved_and_nothing_else(
    language: str, typed: TypedTemplate
) -> None:
    with speaking(language):
        with pytest.raises(TemplateRefused) as refused:
            checked(typed)

        assert str(refused.value).endswith(tr("Not saved."))
        assert tr("Not sent.") not in str(refused.value)


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("read", LANGUAGES)
@pytest.mark.parametrize(("number", "kind"), [(1, IMAGE), (1, "audio"), (1, None), (3, "video")])
def test_what_a_line_says_of_media_is_found_in_whatever_language_it_was_written(
    written: str, read: str, number: int, kind: str | None
) -> None:
    with speaking(written):
        line = f"<t:1795460400:t> · {media_label(number, kind)} · $5.00"
    with speaking(read):
        exactly = media_listed([(IMAGE, None), ("audio", 5_000)])

    said = said_exactly(line, exactly)

    assert said == f"<t:1795460400:t> · {exactly} · $5.00"
    assert not any(icon in said for icon in MEDIA_ICONS)


@EVERY
def test_a_writer_reads_of_themselves_why_a_reply_waits(language: str) -> None:
    with speaking(language):
        said = approval_texts.waits([tr(approval_texts.NEEDS_LEAD), "And this."])

        assert tr("Your replies are sent after a lead approves them.") in said
        assert tr(approval_texts.NEEDS_LEAD) not in said
        assert "And this." in said


def test_days_have_the_form_that_follows_their_word() -> None:
    with speaking("de"):
        assert ahead(51 * _HOUR, 0) == "in 2 Tagen 3 Stunden"
        assert waited(24 * _HOUR) == "wartet seit 1 Tag"
    with speaking("es"):
        assert ahead(2 * _HOUR, 0) == "en 2 horas"
