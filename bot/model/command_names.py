"""Commands and their options, named as a reader's Discord shows them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from bot.model.catalogues import COMPILED

FILE: Final = COMPILED / "commands.json"  # as `tests.languages --write` makes it, from what Discord is told
_SIGNS: Final = re.compile(r"[/:]")
# A command as it stands in a sentence, with up to three words; no path of an address.
_COMMAND: Final = re.compile(r"(?<![\w/.<-])/[\w-]+(?: [\w-]+){0,2}(?![\w/-])")
_OPTION: Final = re.compile(r"(?<![\w/.<{-])(\w+):(?=[^\s/:])([\w-]*)")


@dataclass(frozen=True)
class CommandNames:
    """The names of one language by the English ones."""

    commands: Mapping[str, str]  # /account show → /konto zeigen
    options: Mapping[str, str]
    choices: Mapping[str, str]  # what some options are given, in one word: kind:tip → art:Trinkgeld


def as_shown(sentence: str, language: str) -> str:
    """The sentence with the names that a Discord of this language shows; what it does not know stays."""
    return _as_shown(sentence, language) if _SIGNS.search(sentence) else sentence


def in_english(name: str, language: str) -> str:
    """The English name of a command that is named in this language; any other stays."""
    return _back(language).get(name, name)


@lru_cache(maxsize=4096)
def _as_shown(sentence: str, language: str) -> str:
    if (names := _names().get(language)) is None:
        return sentence

    def command(match: re.Match[str]) -> str:
        words = match[0].split(" ")
        for number in range(len(words), 0, -1):
            if (found := names.commands.get(" ".join(words[:number]))) is not None:
                return " ".join((found, *words[number:]))
        return match[0]

    def option(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        if (found := names.options.get(name)) is None:
            return match[0]
        return f"{found}:{names.choices.get(value, value)}"

    return _OPTION.sub(option, _COMMAND.sub(command, sentence))


@cache
def _names() -> Mapping[str, CommandNames]:
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    return {language: CommandNames(**names) for language, names in kept.items()}


@cache
def _back(language: str) -> Mapping[str, str]:
    names = _names().get(language)
    return {said: english for english, said in names.commands.items()} if names is not None else {}
