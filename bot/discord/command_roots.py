"""The first words of all commands, and how the commands of several cogs share one."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

_Group = app_commands.Group
_Child = _Group | app_commands.Command[Any, ..., Any]

# What stands behind a first word that has commands below it.
GROUPS = {
    "inbox": "What is waiting for your team.",
    "fan": "The fan of this thread, and finding others.",
    "template": "Answers your team uses again.",
    "media": "What is in the vault.",
    "mass": "Mass messages, and the lists of fans that they go to.",
    "post": "A creator's posts on Fanvue.",
    "money": "Earnings, subscribers, goals and credit.",
    "team": "Who may do what about a creator, and what they did.",
    "pause": "Stop sending in a creator's name.",
    "settings": "How the bridge works for a creator.",
    "account": "Your own connections to Fanvue.",
}
# With these one begins; everything else needs a place in a team.
FOR_ANYONE = frozenset({"help", "link"})
# The permission by which Discord knows the team: harmless, and @everyone does not have it.
TEAM_MARK = discord.Permissions(bypass_slowmode=True)


class UnknownRoot(Exception):
    """Raised when a cog's group is none of GROUPS; its text names it."""


def root_of(group: _Group) -> _Group:
    """What Discord shows above the commands of this group. Raises UnknownRoot."""
    if group.name not in GROUPS:
        raise UnknownRoot(f"/{group.name} is none of {', '.join(GROUPS)}: bot/discord/command_roots.py")
    root = _Group(name=group.name, description=GROUPS[group.name])
    join(root, group)
    return root


def join(into: _Group, other: _Group) -> None:
    """Move the commands of one group to another, and of groups in it that have the same name likewise."""
    for child in list(other.commands):
        there = into.get_command(child.name)
        if isinstance(there, _Group) and isinstance(child, _Group):
            join(there, child)
        else:
            into.add_command(child)


def for_the_team(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same commands and menus, of which only those who have the team's mark are offered most."""
    return [one if _is_open(one) else {**one, "default_member_permissions": TEAM_MARK.value} for one in told]


def _is_open(told: dict[str, Any]) -> bool:
    """For anyone, or by a permission of its own."""
    return told["name"] in FOR_ANYONE or told.get("default_member_permissions") is not None
