"""Names and descriptions in other languages: the rules for registering them."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord.shape import ShapeProblem

LOCALES = frozenset(
    [
        "ar",
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en-GB",
        "en-US",
        "es-419",
        "es-ES",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "ru",
        "sv-SE",
        "th",
        "tr",
        "uk",
        "vi",
        "zh-CN",
        "zh-TW",
    ]
)
_NAME_LIMIT, _LIMIT = 32, 100
_NAMES, _DESCRIPTIONS = "name_localizations", "description_localizations"
_MARKS = r"\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0955-\u0957\u0962\u0963\u0e31-\u0e3a\u0e47-\u0e4e"
_NAME = re.compile(rf"[-_'\w{_MARKS}]{{1,32}}")


def wrong(item: dict[str, Any], path: tuple[str, ...], *, menu: bool = False) -> Iterator[ShapeProblem]:
    """Yield the problems in the languages of one command, option or (`menu`) menu, and of its choices."""
    for locale, said in _told(item, _NAMES):
        fits = isinstance(said, str) and (
            1 <= len(said) <= _NAME_LIMIT if menu else _NAME.fullmatch(said) and said == said.lower()
        )
        if locale not in LOCALES or not fits:
            yield _invalid((*path, _NAMES, locale), "APPLICATION_COMMAND_INVALID_NAME")
    for locale, said in _told(item, _DESCRIPTIONS):
        if menu or locale not in LOCALES or not isinstance(said, str) or not 1 <= len(said) <= _LIMIT:
            yield _invalid((*path, _DESCRIPTIONS, locale), "BASE_TYPE_BAD_LENGTH")
    for number, choice in enumerate(item.get("choices") or []):
        for locale, said in _told(choice, _NAMES):
            if locale not in LOCALES or not isinstance(said, str) or not 1 <= len(said) <= _LIMIT:
                yield _invalid((*path, "choices", str(number), _NAMES, locale), "BASE_TYPE_BAD_LENGTH")


def alike(items: list[dict[str, Any]], path: tuple[str, ...]) -> Iterator[ShapeProblem]:
    """Two that stand side by side under one name, in some language."""
    for locale in sorted({locale for item in items for locale in item.get(_NAMES) or {}}):
        shown = Counter((item.get("type") == 1, _shown(item, locale)) for item in items)
        if any(number > 1 for number in shown.values()):
            yield _invalid((*path, _NAMES, locale), "APPLICATION_COMMANDS_DUPLICATE_NAME")


def longest(item: dict[str, Any], field: str) -> int:
    """The length that one field counts: that of its longest language."""
    said = (item.get(f"{field}_localizations") or {}).values()
    return max([len(item.get(field) or ""), *map(len, said)])


def _shown(item: dict[str, Any], locale: str) -> str:
    return str((item.get(_NAMES) or {}).get(locale, item["name"]))


def _told(item: dict[str, Any], field: str) -> Iterator[tuple[str, Any]]:
    found = item.get(field) or {}
    yield from found.items() if isinstance(found, dict) else [("not an object", None)]


def _invalid(path: tuple[str, ...], code: str) -> ShapeProblem:
    return ShapeProblem(path, code, "This localization is invalid")
