"""Names and descriptions of commands in other languages, as far as there are any."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.discord.catalogue_rules import fitting
from bot.discord.translation_catalogue import (
    CHOICES,
    MENUS,
    NAMES,
    TEXTS,
    TranslationCatalogue,
    TranslationProblem,
    read,
)

log = logging.getLogger(__name__)

# Discord has two kinds of Spanish; one file says both, unless the other has one of its own.
_ALSO = {discord.Locale.spain_spanish.value: discord.Locale.latin_american_spanish.value}
_MENU_TYPES = (discord.AppCommandType.user.value, discord.AppCommandType.message.value)
_KINDS = {
    Place.command_name: NAMES,
    Place.group_name: NAMES,
    Place.parameter_name: NAMES,
    Place.choice_name: CHOICES,
    Place.command_description: TEXTS,
    Place.group_description: TEXTS,
    Place.parameter_description: TEXTS,
}


class CommandTranslator(app_commands.Translator):
    """The translations told to Discord. A missing one stays English, and nothing here raises."""

    def __init__(self, languages: Sequence[TranslationCatalogue]) -> None:
        self.languages = {one.locale: one for one in languages}

    def into(self, locale: discord.Locale) -> Callable[[str, str], str]:
        """Says words of a kind in this language; where it has none, in English."""
        language = self.languages.get(locale.value)
        return lambda kind, english: (language.get(kind, english) if language else None) or english

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """One of them in one language, or None."""
        language, kind = self.languages.get(locale.value), _KINDS.get(context.location)
        if isinstance(context.data, app_commands.ContextMenu):
            kind = MENUS
        return language.get(kind, string.message) if language is not None and kind is not None else None


def worded(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """All commands as Discord is told them, in every language that the tree has.

    The library asks its translator for each word in each of Discord's languages, most of which have none.
    """
    told = [command.to_dict(tree) for command in tree.get_commands()]
    translator = tree.translator
    languages = list(translator.languages.values()) if isinstance(translator, CommandTranslator) else []
    for item in told:
        _word(item, MENUS if item["type"] in _MENU_TYPES else NAMES, languages)
    return told


def _word(item: dict[str, Any], kind: str, languages: Sequence[TranslationCatalogue]) -> None:
    for field, part in (("name", kind), ("description", TEXTS)):
        said = {one.locale: one.get(part, item[field]) for one in languages if item.get(field)}
        if found := {locale: words for locale, words in said.items() if words is not None}:
            item[f"{field}_localizations"] = found
    for choice in item.get("choices") or ():
        _word(choice, CHOICES, languages)
    for option in item.get("options") or ():
        _word(option, NAMES, languages)


async def told_in(tree: app_commands.CommandTree[Any], folders: Sequence[Path]) -> Mapping[str, Any]:
    """Have the tree's commands told in these languages too; returns all that is told, to be compared."""
    languages, problems = known(tree, folders)
    for problem in problems:
        log.warning("a translation is left out, so it stays English there: %s", problem)
    await tree.set_translator(CommandTranslator(languages))
    return {one.locale: one.words for one in languages}


def known(
    tree: app_commands.CommandTree[Any], folders: Sequence[Path]
) -> tuple[list[TranslationCatalogue], list[TranslationProblem]]:
    """The languages of these folders as they can be told, and what of them cannot."""
    found: dict[str, TranslationCatalogue] = {}
    problems: list[TranslationProblem] = []
    for file in (file for folder in folders for file in sorted(folder.glob("*.json"))):
        language, wrong = _read(file)
        problems += wrong
        if language.words:
            before = found.get(language.locale, TranslationCatalogue(language.locale, {}))
            found[language.locale], twice = before.joined(language)
            problems += twice
    for one, other in _ALSO.items():
        if one in found:
            found.setdefault(other, replace(found[one], locale=other))
    if not found:
        return [], problems
    told = [command.to_dict(tree) for command in tree.get_commands()]
    fit, clashes = fitting(told, [found[locale] for locale in sorted(found)])
    return fit, problems + clashes


def _read(file: Path) -> tuple[TranslationCatalogue, list[TranslationProblem]]:
    """Read a file that is named by its language, or by a cog and its language: `de`, `snooze.de`."""
    locale = file.stem.rpartition(".")[2]
    if locale not in {one.value for one in discord.Locale}:
        why = "Discord has no such language"
    else:
        try:
            return read(locale, file.read_bytes())
        except OSError as error:
            why = f"it cannot be read ({type(error).__name__})"
    return TranslationCatalogue(locale, {}), [TranslationProblem(locale, "the file", why)]
