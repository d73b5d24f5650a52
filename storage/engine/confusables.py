"""The look of a name: the same for names that a reader may confuse (pure)."""

import unicodedata

from storage.engine.confusable_letters import CAPITALS, LETTERS

_SHORTEST = 3  # letters; what is shorter looks like too much
_SMALL = str.maketrans({one: letter for letter, alike in LETTERS.items() for one in alike})
_CAPITAL = str.maketrans({one: letter for letter, alike in CAPITALS.items() for one in alike})
# What Unicode's own list says of small Latin letters and digits, and i, which it tells from l.
_LATIN = str.maketrans({"0": "o", "1": "l", "i": "l", "m": "rn"})


def likeness(name: str | None) -> str | None:
    """The look of a name's letters, whatever script, case, style or accents they have.

    Signs, spaces and emoji do not count. None where there is too little to look like anything.
    """
    if name is None:
        return None
    plain = unicodedata.normalize("NFKC", name).translate(_CAPITAL).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if _counts(char))
    looks = bare.translate(_SMALL).translate(_LATIN)
    return looks if len(looks) >= _SHORTEST else None


def folded(name: str) -> str:
    """A name for a search, regardless of its case and style."""
    # The databases disagree about case outside ASCII, and names are often written in look-alike
    # letters (𝓔𝓶𝓶𝓪), so both sides of a comparison are made here.
    return unicodedata.normalize("NFKC", name).casefold()


def _counts(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"
