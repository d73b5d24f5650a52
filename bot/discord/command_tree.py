"""The command tree, with the one place where a broken command ends."""

from typing import Any

import discord
from discord import app_commands

from bot.discord.bridge import Asked, DiscordBridge
from bot.discord.command_roots import join, root_of
from bot.discord.error_handling import apologise, begin_act, explain
from bot.discord.old_names import answer_to
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from storage.records import DiscordId

_TOO_FAST = msgid("Too many commands in a minute, so we skipped this one. Try again in {seconds} s.")


class BridgeTree(app_commands.CommandTree[DiscordBridge]):
    """Every command of the bridge."""

    def add_command(self, command: Any, /, **options: Any) -> None:
        """As the library's; groups of one name are one group, because its commands lie in several files."""
        if not isinstance(command, app_commands.Group):
            super().add_command(command, **options)
        elif isinstance(there := self.get_command(command.name), app_commands.Group):
            join(there, command)
        else:
            super().add_command(root_of(command), **options)

    async def interaction_check(self, asked: Asked, /) -> bool:
        """Before every command; its task is its own, and ends with it."""
        await begin_act(asked)
        wait = asked.client.context.spend(DiscordId(asked.user.id)) if _is_command(asked) else 0
        if wait:
            await explain(asked, tr(_TOO_FAST, seconds=wait))
            return False
        await asked.client.context.sure()
        if asked.guild_id is None or asked.type is discord.InteractionType.autocomplete:
            return True
        refusal = await asked.client.context.elsewhere(DiscordId(asked.guild_id))
        if refusal is not None:
            await explain(asked, refusal)
        return refusal is None

    async def on_error(self, asked: Asked, error: app_commands.AppCommandError, /) -> None:
        """Answer in plain words what to do next."""
        sentence = await _moved(asked, error) or _words(error, asked.client.context.refusals)
        if sentence is None:
            await apologise(asked, _cause(error))
        else:
            await explain(asked, sentence)


def _is_command(asked: Asked) -> bool:
    return asked.type is discord.InteractionType.application_command


async def _moved(asked: Asked, error: app_commands.AppCommandError) -> str | None:
    """Where a command is that somebody used by its old name."""
    if not isinstance(error, app_commands.CommandNotFound):
        return None
    ids = await asked.client.mentions.ids(asked.application_id, asked.guild_id or 0)
    return answer_to([*error.parents, error.name], ids)


def _words(error: app_commands.AppCommandError, refusals: tuple[type[Exception], ...]) -> str | None:
    cause = _cause(error)
    if isinstance(cause, refusals):
        return str(cause)
    if isinstance(cause, DeliveryFailed):
        return cause.reason
    match error:
        case app_commands.MissingPermissions():
            return tr(
                "You need a permission for this that you don't have here. Ask someone who manages "
                "this server."
            )
        case app_commands.TransformerError():
            return tr("We couldn't read one of the values. Please check it and try again.")
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return tr("This command has changed. Close and open Discord, then try again.")
        case app_commands.CheckFailure():
            return tr("You can't use this here.")
    return None


def _cause(error: app_commands.AppCommandError) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error
