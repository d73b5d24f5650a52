"""Runs a command from a button or a window, as if somebody had typed it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from discord import app_commands

from bot.access.policy import Action
from bot.discord.bridge import Asked
from bot.discord.command_mentions import clickable
from bot.model.language import commands_shown_in

AnyCommand = app_commands.Command[Any, ..., Any]


def commands_of(asked: Asked) -> Mapping[str, AnyCommand]:
    """Every command by its name as it is typed: /inbox hold."""
    return {
        f"/{one.qualified_name}": one
        for one in asked.client.tree.walk_commands()
        if isinstance(one, app_commands.Command)
    }


def actions_of(asked: Asked) -> Mapping[str, Action]:
    """What each of them asks for: left by `bot.discord.asking.asks`."""
    commands: Mapping[str, Any] = commands_of(asked)
    return {name: one.callback.asks for name, one in commands.items()}


async def linking(asked: Asked) -> Callable[[str], str]:
    """Makes the commands in a text clickable; in private messages, where there are none, nothing."""
    if asked.guild_id is None:
        return lambda text: text
    known, ids = (
        commands_of(asked).keys(),
        await asked.client.mentions.ids(asked.application_id, asked.guild_id),
    )
    shown_in = commands_shown_in()
    return lambda text: clickable(text, ids, known, shown_in=shown_in)


async def run_command(asked: Asked, command: AnyCommand, options: Iterable[Mapping[str, Any]]) -> None:
    """Run a command as if its options had been typed: it asks who may, and checks each of them."""
    data: Any = asked.data or {}
    resolved: Any = data.get("resolved") or {}
    given: Any = list(options)
    namespace = app_commands.Namespace(asked, resolved, given)
    try:
        await command._invoke_with_namespace(asked, namespace)  # noqa: SLF001 - discord.py has no other way in
    except app_commands.AppCommandError as error:
        await asked.client.tree.on_error(asked, error)
