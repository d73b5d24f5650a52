"""Slash commands and menus: an application's registered ones, and their rules."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord import localization
from bot.sandbox.discord.errors import invalid
from bot.sandbox.discord.model import StandInApplication
from bot.sandbox.discord.shape import (
    AnythingShape,
    BitsShape,
    ChoiceShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    ShapeProblem,
    TextShape,
    form,
)
from bot.sandbox.discord.world import DiscordWorld

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
MAX_SIZE = 8000
_NAME = re.compile(r"^[-_'\w]{1,32}$", re.UNICODE)

_WORDS = {"name_localizations": AnythingShape(), "description_localizations": AnythingShape()}
_CHOICE = form(
    "name value",
    name=TextShape(100, 1, null=False),
    value=AnythingShape(),
    name_localizations=AnythingShape(),
)
_VALUE: dict[str, Any] = {
    **_WORDS,
    "type": ChoiceShape((3, 4, 5, 6, 7, 8, 9, 10, 11), null=False),
    "name": TextShape(32, 1, null=False),
    "description": TextShape(100, 1, null=False),
    "required": FlagShape(),
    "choices": ListShape(_CHOICE, 25),
    "autocomplete": FlagShape(),
    "min_length": NumberShape(0, 6000),
    "max_length": NumberShape(1, 6000),
    "min_value": NumberShape(whole=False),
    "max_value": NumberShape(whole=False),
    "channel_types": ListShape(NumberShape()),
}
_LEAF = FormShape(_VALUE, frozenset(["type", "name", "description"]), null=False)


def _holder(kind: int, children: Any) -> FormShape:
    fields: dict[str, Any] = {
        **_WORDS,
        "type": ChoiceShape((kind,), null=False),
        "name": TextShape(32, 1, null=False),
        "description": TextShape(100, 1, null=False),
        "required": FlagShape(),
        "options": ListShape(children, 25),
    }
    return FormShape(fields, frozenset(["type", "name", "description"]), null=False)


class _Option:
    """An option of a command: a subcommand, a group of them, or a value."""

    def problems(self, value: Any, path: tuple[str, ...]) -> Iterator[ShapeProblem]:
        kind = value.get("type") if isinstance(value, dict) else None
        shape = {SUBCOMMAND: _SUBCOMMAND, GROUP: _GROUP}.get(kind, _LEAF) if isinstance(kind, int) else _LEAF
        return shape.problems(value, path)


_SUBCOMMAND = _holder(SUBCOMMAND, _LEAF)
_GROUP = _holder(GROUP, _SUBCOMMAND)
_COMMAND = FormShape(
    {
        **_WORDS,
        "id": IdShape(),
        "type": ChoiceShape((SLASH, USER_MENU, MESSAGE_MENU)),
        "name": TextShape(32, 1, null=False),
        "description": TextShape(100),
        "options": ListShape(_Option(), 25),
        "default_member_permissions": BitsShape(),
        "dm_permission": FlagShape(),
        "contexts": ListShape(ChoiceShape((0, 1, 2), null=False)),
        "integration_types": ListShape(ChoiceShape((0, 1), null=False)),
        "nsfw": FlagShape(),  # documented, and sent by discord.py
    },
    frozenset(["name"]),
    null=False,
)
_ALL = ListShape(_COMMAND, 130, null=False)


def overwrite(
    world: DiscordWorld, application: StandInApplication, guild_id: int | None, wanted: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Register exactly these commands, globally or for one server; those of the same name keep their id."""
    problems = list(_ALL.problems(wanted, ()))
    if not problems:
        problems = [problem for n, command in enumerate(wanted) for problem in _rules(command, (str(n),))]
        problems += [*_same_names(wanted, ()), *localization.alike(wanted, ())]
    if problems:
        raise invalid(*problems)
    before = {(c["type"], c["name"]): c for c in world.commands.get((application.id, guild_id), [])}
    made = []
    for command in wanted:
        old = before.get((command.get("type") or SLASH, command["name"]))
        made.append(_registered(world, application, guild_id, command, old))
    world.commands[application.id, guild_id] = made
    names = [command["name"] for command in made]
    world.ledger.add("commands", application_id=application.id, guild_id=guild_id, names=names)
    return made


def _registered(
    world: DiscordWorld,
    application: StandInApplication,
    guild_id: int | None,
    command: dict[str, Any],
    old: dict[str, Any] | None,
) -> dict[str, Any]:
    rights = command.get("default_member_permissions")
    made: dict[str, Any] = {
        "id": old["id"] if old else str(world.snowflakes.new()),
        "application_id": str(application.id),
        "version": str(world.snowflakes.new()),
        "default_member_permissions": None if rights is None else str(rights),
        "type": command.get("type") or SLASH,
        "name": command["name"],
        "name_localizations": command.get("name_localizations"),
        "description": command.get("description") or "",
        "description_localizations": command.get("description_localizations"),
        "dm_permission": command.get("dm_permission") is not False,
        "contexts": command.get("contexts"),
        "integration_types": command.get("integration_types") or [0],
        "nsfw": bool(command.get("nsfw")),
    }
    if command.get("options"):
        made["options"] = [_given_back(option) for option in command["options"]]
    return made | ({} if guild_id is None else {"guild_id": str(guild_id)})


def _given_back(option: dict[str, Any]) -> dict[str, Any]:
    answer = {k: v for k, v in option.items() if v is not None and v is not False}
    if "options" in answer:
        answer["options"] = [_given_back(child) for child in answer["options"]]
    if "choices" in answer:
        answer["choices"] = [{k: v for k, v in c.items() if v is not None} for c in answer["choices"]]
    return answer


def _rules(command: dict[str, Any], path: tuple[str, ...]) -> Iterator[ShapeProblem]:
    options = command.get("options") or []
    menu = (command.get("type") or SLASH) != SLASH
    yield from localization.wrong(command, path, menu=menu)
    if menu:
        if command.get("description") or options:
            yield ShapeProblem(
                (*path, "description"),
                "APPLICATION_COMMAND_MENU_INVALID",
                "A menu has no description or options",
            )
        return
    if not command.get("description"):
        yield ShapeProblem((*path, "description"), "BASE_TYPE_REQUIRED", "This field is required")
    yield from _name(command, path)
    if _size(command) > MAX_SIZE:
        yield ShapeProblem(
            path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_SIZE})"
        )
    yield from _options(options, (*path, "options"))


def _name(item: dict[str, Any], path: tuple[str, ...]) -> Iterator[ShapeProblem]:
    name = item["name"]
    if not _NAME.match(name) or name != name.lower():
        yield ShapeProblem((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _same_names(items: list[dict[str, Any]], path: tuple[str, ...]) -> list[ShapeProblem]:
    names = [(item.get("type") if path == () else None, item["name"]) for item in items]
    if len(set(names)) == len(names):
        return []
    return [ShapeProblem(path or ("0",), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique")]


def _options(options: list[dict[str, Any]], path: tuple[str, ...]) -> Iterator[ShapeProblem]:
    yield from _same_names(options, path)
    yield from localization.alike(options, path)
    optional = False
    for number, option in enumerate(options):
        here = (*path, str(number))
        yield from _name(option, here)
        yield from localization.wrong(option, here)
        yield from _options(option.get("options") or [], (*here, "options"))
        if option["type"] in {SUBCOMMAND, GROUP}:
            continue
        if option.get("required") and optional:
            yield ShapeProblem(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before optional options",
            )
        optional = optional or not option.get("required")
        if option.get("autocomplete") and (
            option.get("choices") or option["type"] not in {STRING, INTEGER, NUMBER}
        ):
            yield ShapeProblem(
                here,
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                "Autocomplete and choices exclude each other",
            )


def _size(item: dict[str, Any]) -> int:
    own = localization.longest(item, "name") + localization.longest(item, "description")
    own += sum(localization.longest(c, "name") + len(str(c["value"])) for c in item.get("choices") or [])
    return own + sum(_size(option) for option in item.get("options") or [])


def offered(
    world: DiscordWorld, guild_id: int | None, name: str, kind: int = SLASH
) -> tuple[StandInApplication, dict[str, Any]] | None:
    """The command that a client shows under this name: a server's own first, then the global one."""
    for scope in (guild_id, None):
        for (application_id, where), commands in world.commands.items():
            application = world.applications[application_id]
            here = guild_id is None or application.user.id in world.guilds[guild_id].members
            for command in commands if where == scope and here else ():
                if command["name"] == name and command["type"] == kind:
                    return application, command
    return None


def names(world: DiscordWorld, guild_id: int | None) -> list[str]:
    """The names of all slash commands that may be offered in a server, sorted."""
    registered = [found for (_, where), found in world.commands.items() if where in {guild_id, None}]
    return sorted({command["name"] for found in registered for command in found if command["type"] == SLASH})
