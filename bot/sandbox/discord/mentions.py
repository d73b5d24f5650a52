"""The real pings of a message: text, allowed mentions, and permissions."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.model import DM, StandInChannel, StandInMessage, StandInPings, StandInUser
from bot.sandbox.discord.shape import ChoiceShape, FlagShape, FormShape, IdShape, ListShape, ShapeProblem
from bot.sandbox.discord.world import DiscordWorld

ALLOWED = FormShape(
    {
        "parse": ListShape(ChoiceShape(("roles", "users", "everyone"), null=False)),
        "users": ListShape(IdShape(null=False), 100),
        "roles": ListShape(IdShape(null=False), 100),
        "replied_user": FlagShape(),
    }
)
_USER, _ROLE, _ALL = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"@(?:everyone|here)\b")


def exclusive_problems(allowed: dict[str, Any]) -> Iterator[ShapeProblem]:
    """A kind may be parsed or listed, not both."""
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            path = ("allowed_mentions",)
            yield ShapeProblem(
                path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f'parse:["{kind}"] and {kind}: exclude'
            )


def pings_of(
    world: DiscordWorld,
    author: StandInUser,
    channel: StandInChannel,
    text: str,
    allowed: dict[str, Any] | None,
    replied: StandInMessage | None,
) -> StandInPings:
    """The pings of this text when this author writes it here; without `allowed`, all that it names."""
    asked: dict[str, Any] = (
        {"parse": ["users", "roles", "everyone"], "replied_user": True} if allowed is None else allowed
    )
    parse = asked.get("parse") or []
    users = {int(i) for i in _USER.findall(text)}
    if "users" not in parse:
        users &= {int(i) for i in asked.get("users") or []}
    if replied is not None and asked.get("replied_user") and replied.author.id != author.id:
        users.add(replied.author.id)
    pings = StandInPings(sorted(u for u in users if world.permissions(u, channel) & may.VIEW_CHANNEL))
    if channel.type == DM:
        return pings
    rights = world.permissions(author.id, channel)
    roles = {int(i) for i in _ROLE.findall(text)}
    if "roles" not in parse:
        roles &= {int(i) for i in asked.get("roles") or []}
    known = world.guilds[channel.guild_id or 0].roles
    everyone = bool(rights & may.MENTION_EVERYONE)
    pings.roles = sorted(r for r in roles if r in known and (known[r].mentionable or everyone))
    pings.everyone = everyone and "everyone" in parse and bool(_ALL.search(text))
    return pings


def pinged_people(world: DiscordWorld, channel: StandInChannel, pings: StandInPings) -> list[int]:
    """Every person whose phone rings: named, by role, or by everyone, if they see the channel."""
    found = set(pings.users)
    if channel.guild_id is not None:
        for member in world.guilds[channel.guild_id].members.values():
            by_role = any(role in pings.roles for role in member.roles)
            if (by_role or pings.everyone) and world.permissions(member.user.id, channel) & may.VIEW_CHANNEL:
                found.add(member.user.id)
    return sorted(user for user in found if not world.users[user].bot)
