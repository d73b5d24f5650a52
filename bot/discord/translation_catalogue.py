"""One language's names and descriptions: read, and held to Discord's rules (pure)."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

NAMES, MENUS, CHOICES, TEXTS = "names", "menus", "choices", "texts"
KINDS = (NAMES, MENUS, CHOICES, TEXTS)
_NAME, _LONG = 32, 100
# Signs above and below letters, without which Thai and Devanagari are not written.
_MARKED = (range(0x0900, 0x0980), range(0x0E00, 0x0E80))


@dataclass(frozen=True)
class TranslationCatalogue:
    """The names in one language. Each kind: the English words, as in the code, → the translation."""

    locale: str
    words: Mapping[str, Mapping[str, str]]

    def get(self, kind: str, english: str) -> str | None:
        """The translation; None where there is none, and the English words stand."""
        return self.words.get(kind, {}).get(english)

    def without(self, kind: str, english: str) -> "TranslationCatalogue":
        """The same with one translation less."""
        left = {one: words for one, words in self.words.get(kind, {}).items() if one != english}
        return replace(self, words={**self.words, kind: left})

    def joined(
        self, other: "TranslationCatalogue"
    ) -> tuple["TranslationCatalogue", list["TranslationProblem"]]:
        """With what another file of the language says; of what it says otherwise, nothing."""
        parts = {kind: (self.words.get(kind, {}), other.words.get(kind, {})) for kind in KINDS}
        problems = [
            TranslationProblem(self.locale, f"{kind}, “{english}”", "another file says it otherwise")
            for kind, (mine, theirs) in parts.items()
            for english in sorted(mine.keys() & theirs.keys())
            if mine[english] != theirs[english]
        ]
        return replace(self, words={kind: {**new, **old} for kind, (old, new) in parts.items()}), problems


@dataclass(frozen=True)
class TranslationProblem:
    """A translation that is left out; the English words stand in its place."""

    locale: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.locale}, {self.what}: {self.why}"


def read(locale: str, content: bytes) -> tuple[TranslationCatalogue, list[TranslationProblem]]:
    """Read a file's entries and problems. A file that is no catalogue is an empty one."""
    try:
        found = json.loads(content)
    except ValueError:
        return TranslationCatalogue(locale, {}), [TranslationProblem(locale, "the file", "it is no JSON")]
    if not isinstance(found, dict):
        return TranslationCatalogue(locale, {}), [
            TranslationProblem(locale, "the file", "it is no object of objects")
        ]
    problems = [
        TranslationProblem(locale, str(kind), "there is no such part") for kind in found if kind not in KINDS
    ]
    words: dict[str, dict[str, str]] = {}
    for kind in KINDS:
        part = found.get(kind, {})
        if not isinstance(part, dict):
            problems.append(TranslationProblem(locale, kind, "it is no object"))
            continue
        wrong = {english: _why_not(kind, said) for english, said in part.items()}
        words[kind] = {english: said for english, said in part.items() if wrong[english] is None}
        problems += [
            TranslationProblem(locale, f"{kind}, “{english}”", why) for english, why in wrong.items() if why
        ]
    return TranslationCatalogue(locale, words), problems


def _why_not(kind: str, said: Any) -> str | None:
    """Return Discord's objection."""
    return _RULES[kind](said) if isinstance(said, str) else "it is no text"


def _name(said: str) -> str | None:
    if not 1 <= len(said) <= _NAME:
        return f"a name has 1 to {_NAME} characters"
    if said != said.lower():
        return "a name has no capitals"
    return None if all(map(_may_be_in_name, said)) else "a name has letters, digits, - and _ only"


def _may_be_in_name(sign: str) -> bool:
    kind = unicodedata.category(sign)[0]
    return kind in "LN" or sign in "-_'" or (kind == "M" and any(ord(sign) in some for some in _MARKED))


def _up_to(most: int) -> Callable[[str], str | None]:
    def rule(said: str) -> str | None:
        return None if said.strip() and len(said) <= most else f"it has 1 to {most} characters"

    return rule


_RULES: Mapping[str, Callable[[str], str | None]] = {
    NAMES: _name,
    MENUS: _up_to(_NAME),
    CHOICES: _up_to(_LONG),
    TEXTS: _up_to(_LONG),
}
