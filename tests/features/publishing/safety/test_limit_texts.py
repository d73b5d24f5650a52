"""The sentences about limits, in every language that their readers speak."""

import pytest

from bot.features.publishing.safety import exclusion_texts, limit_texts
from bot.features.publishing.safety.quiet_hours_proposal_decorator import _label
from bot.model.language import LANGUAGES, speaking
from storage.publishing.mass_caps import MassCap


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("writer", LANGUAGES)
def test_the_second_person_reads_no_step_of_the_first(writer: str, reader: str) -> None:
    with speaking(writer):
        kept = limit_texts.waits(60)
        steps = [limit_texts.small(None, 500), limit_texts.small(1200, 500), limit_texts.second(500)]
    warning = "\n".join([steps[0], kept, *steps[1:]])

    with speaking(reader):
        assert limit_texts.for_second(warning) == kept
        assert limit_texts.for_second("\n".join(steps)) is None


@pytest.mark.parametrize(
    ("language", "confirm", "label"),
    [
        ("en", "Send to up to 3 fans", "Send in quiet hours to up to 3 fans"),
        ("en", "Change it", "Change it, in quiet hours"),
        ("de", "An bis zu 3 Fans senden", "An bis zu 3 Fans senden, in der Ruhezeit"),
        ("es", "Enviar a 3 fans", "Enviar a 3 fans, en horas de silencio"),
    ],
)
def test_the_button_says_that_it_is_in_quiet_hours(language: str, confirm: str, label: str) -> None:
    with speaking(language):
        assert _label(confirm) == label


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("en", "From now on: no cap: fans"),
        ("de", "Ab jetzt: Keine Obergrenze: Fans"),
        ("es", "A partir de ahora: sin tope: los"),
    ],
)
def test_what_holds_from_now_on_is_written_as_the_language_does(language: str, begins: str) -> None:
    with speaking(language):
        assert exclusion_texts.done(MassCap(most=None, days=7, live_hours=2)).startswith(begins)
