"""Holds a language against all commands: no two names alike, none too long (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.discord.translation_catalogue import (
    CHOICES,
    KINDS,
    MENUS,
    NAMES,
    TEXTS,
    TranslationCatalogue,
    TranslationProblem,
)

LARGEST = 8000  # characters of a command with all below it, of each field its longest translation
_SLASH = 1
Told = Sequence[Mapping[str, Any]]  # commands as Discord is told them, in English
Families = Sequence[tuple[str, Sequence[str]]]  # a kind, and all names of it that stand side by side


def fitting(
    told: Told, languages: Sequence[TranslationCatalogue]
) -> tuple[list[TranslationCatalogue], list[TranslationProblem]]:
    """The languages as they can be told, and what of them cannot."""
    families = list(_families(told))
    kept: list[TranslationCatalogue] = []
    problems: list[TranslationProblem] = []
    for language in languages:
        fit, clashes = _apart(families, language)
        problems += clashes
        kept.append(fit)
    if not _too_large(told, kept):  # as ever; which one would be too much is asked only where all are
        return kept, problems
    fitted: list[TranslationCatalogue] = []
    for fit in kept:
        if too_large := _too_large(told, [*fitted, fit]):
            problems.append(TranslationProblem(fit.locale, TEXTS, f"too long for /{too_large}"))
            fit = TranslationCatalogue(fit.locale, {**fit.words, TEXTS: {}})  # noqa: PLW2901 - it is that one, shorter
        fitted.append(fit)
    return fitted, problems


def _too_large(told: Told, languages: Sequence[TranslationCatalogue]) -> str | None:
    """The first command that Discord would refuse for its length."""
    return next((one["name"] for one in told if _size(one, languages) > LARGEST), None)


def unused(told: Told, language: TranslationCatalogue) -> list[TranslationProblem]:
    """Translations of words that no command has."""
    words = {kind: set[str]() for kind in KINDS}
    for item in told:
        _collect(item, words, MENUS if item.get("type", _SLASH) != _SLASH else NAMES)
    return [
        TranslationProblem(language.locale, f"{kind}, “{english}”", "nothing is called so")
        for kind, part in language.words.items()
        for english in part
        if english not in words[kind]
    ]


def _collect(item: Mapping[str, Any], words: Mapping[str, set[str]], names: str) -> None:
    words[names].add(item["name"])
    if item.get("description"):
        words[TEXTS].add(item["description"])
    words[CHOICES].update(choice["name"] for choice in item.get("choices") or ())
    for option in item.get("options") or ():
        _collect(option, words, NAMES)


def _apart(
    families: Families, language: TranslationCatalogue
) -> tuple[TranslationCatalogue, list[TranslationProblem]]:
    """Without what would make two of one family alike; taking one away may bring another to light."""
    problems: list[TranslationProblem] = []
    while (clash := next(_clashes(families, language), None)) is not None:
        kind, english = clash
        problems.append(
            TranslationProblem(language.locale, f"{kind}, “{english}”", "something beside it is called so")
        )
        language = language.without(kind, english)
    return language, problems


def _clashes(families: Families, language: TranslationCatalogue) -> Iterator[tuple[str, str]]:
    for kind, family in families:
        taken = set(family)  # whoever has another language sees these; nobody should be misled
        for english in family:
            said = language.get(kind, english)
            if said is not None and said != english:
                if said in taken:
                    yield kind, english
                taken.add(said)


def _families(told: Told) -> Iterator[tuple[str, list[str]]]:
    """All names that stand side by side."""
    yield NAMES, [item["name"] for item in told if item.get("type", _SLASH) == _SLASH]
    yield MENUS, [item["name"] for item in told if item.get("type", _SLASH) != _SLASH]
    for item in told:
        yield from _families_in(item)


def _families_in(item: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    options = item.get("options") or []
    yield NAMES, [option["name"] for option in options]
    yield CHOICES, [choice["name"] for choice in item.get("choices") or []]
    for option in options:
        yield from _families_in(option)


def _size(item: Mapping[str, Any], languages: Sequence[TranslationCatalogue]) -> int:
    own = _longest(NAMES, item["name"], languages) + _longest(TEXTS, item.get("description") or "", languages)
    own += sum(
        _longest(CHOICES, choice["name"], languages) + len(str(choice["value"]))
        for choice in item.get("choices") or ()
    )
    return own + sum(_size(option, languages) for option in item.get("options") or ())


def _longest(kind: str, english: str, languages: Sequence[TranslationCatalogue]) -> int:
    return max([len(english), *(len(one.get(kind, english) or "") for one in languages)])
