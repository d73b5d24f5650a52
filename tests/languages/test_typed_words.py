"""Words in place of a value are understood in each language, and help names them."""

import json
import re
from collections.abc import Iterator

import pytest

from bot.discord.cog_loading import language_folders
from bot.features.publishing.safety import cap_rules, limit_rules, quiet_hours_rules
from bot.model.language import speaking
from bot.text.typed_words import TypedWord, is_free, says, says_here
from storage.publishing.mass_caps import MassCap
from storage.publishing.mass_limits import MassLimits

# A word of help that is typed as it stands: in quotes, or before a colon that says what it does.
_NAMED = re.compile(r"[“„«](\w+)[”“»]|(?:^|\. )(\w+): ")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        *((word, TypedWord.OFF) for word in ("off", "OFF ", "aus", "Aus", "desactivado", "apagado")),
        *((word, TypedWord.NONE) for word in ("none", "keine", "Keiner", "nichts", "ninguno", "ningún")),
        *((word, TypedWord.NEVER) for word in ("never", "nie", "niemals", "nunca", "jamás")),
        *((word, TypedWord.FREE) for word in ("free", "gratis", "kostenlos", "gratuito")),
    ],
)
@pytest.mark.parametrize("spoken", ["en", "de", "es"])
def test_a_word_says_the_same_whatever_is_spoken(typed: str, means: TypedWord, spoken: str) -> None:
    with speaking(spoken):
        assert [word for word in TypedWord if says(typed, word)] == [means]


@pytest.mark.parametrize("typed", ["", "5", "offen", "keineswegs", "nadal", "freitag"])
def test_any_other_word_is_a_value(typed: str) -> None:
    assert not [word for word in TypedWord if says(typed, word)]


@pytest.mark.parametrize(("typed", "free"), [("0", True), ("gratis", True), ("ninguno", True), ("5", False)])
def test_a_price_is_taken_away(typed: str, free: bool) -> None:  # noqa: FBT001 - as every parameter of a test
    assert is_free(typed) is free


@pytest.mark.parametrize("typed", ["off", "aus", "desactivado"])
def test_each_limit_of_mass_messages_is_turned_off(typed: str) -> None:
    limits = limit_rules.read({"typed_above": typed, "second_above": typed, "hold": typed})(MassLimits())
    cap = cap_rules.read({"cap": typed})(MassCap(most=3))

    assert (limits.typed_above, limits.second_above, limits.hold_seconds) == (None, None, 0)
    assert cap.most is None
    assert quiet_hours_rules.read(typed) is None


@pytest.mark.parametrize(("spoken", "taken_away"), [("en", False), ("de", False), ("es", True)])
def test_a_text_is_only_taken_away_by_a_word_of_its_writers_language(spoken: str, taken_away: bool) -> None:  # noqa: FBT001 - likewise
    with speaking(spoken):
        assert says_here("nada", TypedWord.NONE) is taken_away
        assert says_here("none", TypedWord.NONE)


def helped() -> Iterator[tuple[str, str, TypedWord]]:
    """Each help of an option that names such a word: the language, its words, the word meant."""
    for folder in language_folders():
        for file in folder.glob("*.json"):
            for english, said in json.loads(file.read_text())["texts"].items():
                named = {word for pair in _NAMED.findall(english) for word in pair}
                for word in TypedWord:
                    if word.value in named and not english.startswith("on: "):  # which Discord offers
                        yield file.stem, said, word


def test_help_names_a_word_that_is_understood() -> None:
    found = list(helped())
    lacking = [
        (language, said)
        for language, said, word in found
        if not any(says(one, word) for pair in _NAMED.findall(said) for one in pair)
    ]

    assert len(found) > 20
    assert lacking == []
