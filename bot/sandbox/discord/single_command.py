"""One command more, changed, or gone, beside the others of its application."""

from typing import Any

from bot.sandbox.discord import commands
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import StandInApplication
from bot.sandbox.discord.world import DiscordWorld

_ONLY_GIVEN_BACK = {"id", "application_id", "version", "guild_id"}


def find(
    world: DiscordWorld, application: StandInApplication, guild_id: int | None, command_id: int
) -> dict[str, Any]:
    """The command of this id, or Discord's error."""
    for command in world.commands.get((application.id, guild_id), []):
        if command["id"] == str(command_id):
            return command
    raise DiscordApiError(10063)


def put(
    world: DiscordWorld, application: StandInApplication, guild_id: int | None, body: Any
) -> tuple[dict[str, Any], bool]:
    """Register one command, in place of the one with its name and type; says whether it is new."""
    kind, name = _key(body)
    others = [c for c in _all(world, application, guild_id) if _key(c) != (kind, name)]
    new = len(others) == len(_all(world, application, guild_id))
    return commands.overwrite(world, application, guild_id, [*map(_asked, others), body])[-1], new


def change(
    world: DiscordWorld,
    application: StandInApplication,
    guild_id: int | None,
    command_id: int,
    body: dict[str, Any],
) -> dict[str, Any]:
    """Change what the body names, and keep the rest and the id."""
    old = find(world, application, guild_id, command_id)
    others = [c for c in _all(world, application, guild_id) if c is not old]
    wanted = {**_asked(old), **body, "type": old["type"]}
    made = commands.overwrite(world, application, guild_id, [*map(_asked, others), wanted])[-1]
    made["id"] = old["id"]
    return made


def remove(
    world: DiscordWorld, application: StandInApplication, guild_id: int | None, command_id: int
) -> None:
    old = find(world, application, guild_id, command_id)
    kept = [_asked(c) for c in _all(world, application, guild_id) if c is not old]
    commands.overwrite(world, application, guild_id, kept)


def _all(world: DiscordWorld, application: StandInApplication, guild_id: int | None) -> list[dict[str, Any]]:
    return world.commands.get((application.id, guild_id), [])


def _key(command: Any) -> tuple[Any, Any]:
    known = command if isinstance(command, dict) else {}
    return known.get("type") or commands.SLASH, known.get("name")


def _asked(command: dict[str, Any]) -> dict[str, Any]:
    """A registered command as it would be asked for."""
    return {name: value for name, value in command.items() if name not in _ONLY_GIVEN_BACK}
