"""The entries of /help: an example for each command, kept beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import here
from bot.discord.bridge import Asked
from bot.discord.translation_catalogue import CHOICES, MENUS, NAMES, TEXTS
from bot.discord.translations import CommandTranslator
from bot.model.language import tr

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class CommandEntry:
    """One command or menu of messages."""

    key: str  # its name in English, which every reader may type
    name: str
    does: str
    example: str
    action: Action
    in_thread: bool  # it works in a fan's thread only
    options: tuple[tuple[str, str, bool], ...] = ()  # name, what it means, whether it must be there


Say = Callable[
    [str, str], str
]  # the kind of words (`bot.discord.translation_catalogue`), the English ones: those to show


def in_english(_kind: str, english: str) -> str:
    return english


def say_to(asked: Asked) -> Say:
    """The words that the reader's own Discord shows, where there are any."""
    translator = asked.client.tree.translator
    return translator.into(asked.locale) if isinstance(translator, CommandTranslator) else in_english


def example(typed: str, *, does: str = "", **words: str) -> Callable[[Handler], Handler]:
    """An example of a command, as somebody types it, with gaps for `words` that have a language.

    `does`: for a menu, which has no description; what it types is a message, with a gap for its name.
    """

    def decorate(handler: Handler) -> Handler:
        handler.example, handler.does = typed, does  # type: ignore[attr-defined]
        handler.example_words = words  # type: ignore[attr-defined]
        return handler

    return decorate


def entries(tree: app_commands.CommandTree[Any], say: Say = in_english) -> list[CommandEntry]:
    """All of them, in the order in which they were added; `say`: the words of a reader's language."""
    menus = tree.get_commands(type=discord.AppCommandType.message)
    return [*_commands(tree, say), *(_menu(menu, say) for menu in menus)]


def _commands(tree: app_commands.CommandTree[Any], say: Say) -> Iterator[CommandEntry]:
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Command):
            handler: Any = command.callback
            shown = " ".join(say(NAMES, word) for word in command.qualified_name.split())
            yield CommandEntry(
                key=command.qualified_name,
                name=shown,
                does=say(TEXTS, command.description),
                example=_typed(command, shown, say),
                action=handler.asks,
                in_thread=handler.about is here,
                options=tuple(
                    (say(NAMES, one.display_name), say(TEXTS, str(one.description)), one.required)
                    for one in command.parameters
                ),
            )


def _menu(menu: app_commands.ContextMenu, say: Say) -> CommandEntry:
    handler: Any = menu.callback
    name = say(MENUS, menu.name)
    typed = tr(handler.example, menu=name)
    return CommandEntry(menu.name, name, tr(handler.does), typed, handler.asks, handler.about is here)


def _typed(command: app_commands.Command[Any, ..., Any], shown: str, say: Say) -> str:
    """The example, as it is typed in the reader's language."""
    own = f"/{command.qualified_name}"
    said = f"/{shown}" + str(getattr(command.callback, "example", own)).removeprefix(own)
    for option in command.parameters:
        name = option.display_name
        for choice in sorted((one.name for one in option.choices), key=len, reverse=True):
            if f" {name}:{choice} " in f"{said} ":
                said = said.replace(f" {name}:{choice}", f" {name}:{say(CHOICES, choice)}")
                break
        said = said.replace(f" {name}:", f" {say(NAMES, name)}:")
    words = getattr(command.callback, "example_words", {})
    return said.format(**{gap: tr(word) for gap, word in words.items()})
