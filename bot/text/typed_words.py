"""Words that a person types in place of a value: English, German, Spanish (pure)."""

from collections.abc import Mapping
from enum import Enum

from bot.model.language import ENGLISH, language
from bot.text.calendar_names import folded


class TypedWord(Enum):
    """What such a word says. The first of each language is the one that help names."""

    OFF = "off"
    NONE = "none"
    NEVER = "never"
    FREE = "free"


_WORDS: Mapping[TypedWord, Mapping[str, tuple[str, ...]]] = {
    TypedWord.OFF: {
        "en": ("off",),
        "de": ("aus", "ausgeschaltet", "abgeschaltet"),
        "es": ("desactivado", "desactivada", "desactivar", "apagado", "apagada"),
    },
    TypedWord.NONE: {
        "en": ("none",),
        "de": ("keine", "kein", "keinen", "keiner", "keins", "nichts"),
        "es": ("ninguno", "ninguna", "ningun", "nada"),
    },
    TypedWord.NEVER: {"en": ("never",), "de": ("nie", "niemals"), "es": ("nunca", "jamas")},
    TypedWord.FREE: {
        "en": ("free",),
        "de": ("gratis", "kostenlos", "umsonst", "frei"),
        "es": ("gratis", "gratuito", "gratuita"),
    },
}


def says(typed: str, *words: TypedWord) -> bool:
    """Whether it is one of these, in any of our languages, whichever is spoken."""
    plain = _plain(typed)
    return any(plain in known for word in words for known in _WORDS[word].values())


def says_here(typed: str, word: TypedWord) -> bool:
    """The same where any text may be typed: only in English, and in the language of whoever types."""
    plain = _plain(typed)
    return any(plain in _WORDS[word][spoken] for spoken in {ENGLISH, language()})


def is_free(typed: str) -> bool:
    """Whether a price is to be taken away."""
    return typed.strip() == "0" or says(typed, TypedWord.FREE, TypedWord.NONE)


def _plain(typed: str) -> str:
    return " ".join(folded(typed).split())
