"""Prints docs/commands.md: every command, by who may use it, as the code has it."""

import argparse
import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import Final

import discord
from discord.ext import commands

from bot.access.policy import POLICY, Action, ActionNeed
from bot.access.roles import Permission, RoleGrant, TeamRole
from bot.cli.main import _parser
from bot.discord.cog_loading import cog_names, language_folders, load_cogs, set_up
from bot.discord.command_examples import CommandEntry, entries
from bot.discord.command_tree import BridgeTree
from bot.discord.translations import CommandTranslator, known
from storage.records import DiscordId
from tests.architecture.source_tree import TOP

_HEAD: Final = """\
# Commands

Made from the code: `./run -- python -m tests.architecture.commands > docs/commands.md`. A test compares.

In Discord, `/help` shows the commands that you may use, and `/help command:` says all about one.
Who may do what follows from a role for one creator on one server. Single permissions can be given
and taken away ([teams.md](teams.md)); this is what a role has by itself.
What the commands are for, by area: [features.md](features.md).
"""
_BAR: Final = ("|", r"\|")  # ends no cell of a table
_TEAM: Final = tuple(role for role in TeamRole if role is not TeamRole.NONE)
_ANYONE, _CHATTERS, _MANAGERS, _OWNERS = "Anyone on the server", "Chatters", "Managers", "Owners"
_GROUPS: Final = {
    _ANYONE: "They need no role. Each person acts for themselves, and sees what is theirs.",
    _CHATTERS: "Trainees and viewers have some of them; managers and owners have all.",
    _MANAGERS: "A manager leads: what waits for approval waits for them. Owners have all of them, too.",
    _OWNERS: "The person who connected the creator's own account, or who manages the Discord server.",
}
_OPERATORS: Final = """\
## Operators

On the machine that runs the bridge, in its folder. In a container or an installed copy,
`fanvue-bridge` stands for `./run`. Most take `--env-file FILE`; `--help` says more
([operating.md](operating.md)).

| command | what it does |
|---|---|"""
_DEVELOPERS: Final = """\
## Developers

`./run` itself has these; [CONTRIBUTING.md](../CONTRIBUTING.md) says which proves what.

| command | what it does |
|---|---|"""
_OWN: Final = re.compile(  # in the head of `run`: its own commands, not those of the program
    r"^#   (\./run (?:(?:test|coverage|check|extra|lock)\b.*?|-- CMD…)) {2,}(.+)$", re.MULTILINE
)


def page() -> str:
    """The whole document."""
    english, german = asyncio.run(_told())
    groups: dict[str, list[str]] = {name: [] for name in _GROUPS}
    for one, other in sorted(zip(english, german, strict=True), key=lambda pair: pair[0].key):
        groups[_group(one.action)].append(_row(one, other))
    parts = [_HEAD]
    for name, rows in groups.items():
        head = "| command | German | what it does | for example | who |\n|---|---|---|---|---|"
        parts.append("\n".join([f"## {name}\n\n{_GROUPS[name]}\n\n{head}", *rows]) + "\n")
    parts.append("\n".join([_OPERATORS, *_shell(_parser(), "./run")]) + "\n")
    own = _OWN.findall((TOP / "run").read_text(encoding="utf-8"))
    parts.append("\n".join([_DEVELOPERS, *(f"| `{typed}` | {does} |" for typed, does in own)]) + "\n")
    return "\n".join(parts)


def command_entries() -> list[CommandEntry]:
    """All commands, in English."""
    return asyncio.run(_told())[0]


async def _told() -> tuple[list[CommandEntry], list[CommandEntry]]:
    """All commands in English and in German."""
    bot = commands.Bot((), intents=discord.Intents.none(), tree_cls=BridgeTree)
    await set_up(bot, load_cogs(cog_names()))
    languages, _problems = known(bot.tree, language_folders())
    into = CommandTranslator(languages).into(discord.Locale.german)
    return entries(bot.tree), entries(bot.tree, into)


def _row(one: CommandEntry, german: CommandEntry) -> str:
    form = "`/{}`" if one.example.startswith("/") else "*{}*"
    name, other = form.format(one.name), form.format(german.name)
    does = f"{one.does} In a fan's thread." if one.in_thread and "thread" not in one.does else one.does
    cells = (name, "" if other == name else other, does, f"`{one.example}`", _who(one.action))
    return f"| {' | '.join(cell.replace(*_BAR) for cell in cells)} |"


def _group(action: Action) -> str:
    needs = POLICY[action].needs
    if isinstance(needs, ActionNeed):
        return _ANYONE if needs is ActionNeed.NOTHING else _OWNERS
    least = _having(needs)[0]
    return _OWNERS if least is TeamRole.OWNER else _MANAGERS if least is TeamRole.MANAGER else _CHATTERS


def _who(action: Action) -> str:
    needs = POLICY[action].needs
    if isinstance(needs, ActionNeed):
        said = {
            ActionNeed.NOTHING: "anyone",
            ActionNeed.OWN_LINK: "the person who connected the account",
            ActionNeed.MANAGE_SERVER: "Manage Server",
        }
        return said[needs]
    roles = _having(needs)
    lacking = [role for role in _TEAM if role not in roles]
    if len(lacking) < 2:  # one is named, more are not
        return f"the whole team but {lacking[0]}s" if lacking else "the whole team"
    return f"{roles[0]} and up" if len(roles) > 1 else roles[0]


def _having(permission: Permission) -> list[TeamRole]:
    """The roles that have it by themselves, the least first."""
    return [role for role in _TEAM if permission in RoleGrant("", "role", DiscordId(0), role).permissions]


def _shell(parser: argparse.ArgumentParser, typed: str) -> Iterator[str]:
    """One row for each command of the program that does something, with what can be given to it."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        said = {one.dest: one.help or "" for one in action._choices_actions}
        for name, inner in action.choices.items():
            deeper = list(_shell(inner, f"{typed} {name}"))
            takes = " ".join([f"{typed} {name}", *_given(inner._actions)])
            yield from deeper or [f"| `{takes}` | {said[name]} |"]


def _given(actions: Iterable[argparse.Action]) -> Iterator[str]:
    for one in actions:
        if one.dest in {"help", "env_file"}:
            continue
        metavar = str(one.metavar or "/".join(map(str, one.choices or ())) or one.dest.upper())
        typed = one.option_strings[-1] if one.option_strings else ""
        words = typed if one.nargs == 0 else f"{typed} {metavar}".strip()
        if one.nargs == argparse.ZERO_OR_MORE:  # `required` says it otherwise from Python 3.13 on
            yield f"[{words} …]"
        else:
            yield words if one.required else f"[{words}]"


if __name__ == "__main__":
    print(page(), end="")
