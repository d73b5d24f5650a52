"""Roles: made, changed, deleted, given and taken, by those who stand above them."""

from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError, must_fit
from bot.sandbox.discord.model import StandInGuild, StandInMember, StandInRole
from bot.sandbox.discord.shape import (
    AnythingShape,
    BitsShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    TextShape,
    form,
)
from bot.sandbox.discord.wire import role_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

MAX_ROLES = 250
_COLORS = form(
    "", primary_color=NumberShape(0), secondary_color=NumberShape(0), tertiary_color=NumberShape(0)
)
BODY = FormShape(
    {
        "name": TextShape(100),
        "permissions": BitsShape(),
        "color": NumberShape(0, 0xFFFFFF),
        "colors": _COLORS,
        "hoist": FlagShape(),
        "mentionable": FlagShape(),
        "icon": AnythingShape(),
        "unicode_emoji": TextShape(100),
    },
    null=False,
)
_MEMBER = form("", nick=TextShape(32), roles=ListShape(IdShape(null=False), MAX_ROLES), null=False)


def create(world: DiscordWorld, guild: StandInGuild, actor_id: int, body: dict[str, Any]) -> StandInRole:
    """A new role, the lowest above @everyone."""
    must_fit(BODY, body)
    _need(guild, actor_id, may.MANAGE_ROLES)
    if len(guild.roles) >= MAX_ROLES:
        raise DiscordApiError(30005)
    role = StandInRole(world.snowflakes.new(), "new role", guild.roles[guild.id].permissions, 1)
    _fill(guild, actor_id, role, body)
    for other in guild.roles.values():
        other.position += other.position > 0
    guild.roles[role.id] = role
    _tell(world, guild, role, "GUILD_ROLE_CREATE")
    world.ledger.add("role_created", role_id=role.id, guild_id=guild.id, by=actor_id)
    return role


def modify(
    world: DiscordWorld, guild: StandInGuild, actor_id: int, role: StandInRole, body: dict[str, Any]
) -> StandInRole:
    """Change a role below the actor's own highest."""
    must_fit(BODY, body)
    _below(guild, actor_id, role)
    _fill(guild, actor_id, role, body)
    _tell(world, guild, role, "GUILD_ROLE_UPDATE")
    return role


def delete(world: DiscordWorld, guild: StandInGuild, actor_id: int, role: StandInRole) -> None:
    """Remove a role, from its members too; those of bots and @everyone stay."""
    _below(guild, actor_id, role)
    if role.managed_by is not None or role.id == guild.id:
        raise DiscordApiError(50013)
    del guild.roles[role.id]
    for member in guild.members.values():
        member.roles = [number for number in member.roles if number != role.id]
    gone = {"guild_id": str(guild.id), "role_id": str(role.id)}
    world.emit(GatewayEvent("GUILD_ROLE_DELETE", gone, 1, guild.id))
    world.ledger.add("role_deleted", role_id=role.id, guild_id=guild.id, by=actor_id)


def give(
    world: DiscordWorld, guild: StandInGuild, actor_id: int, member: StandInMember, wanted: list[int]
) -> None:
    """Give a member exactly these roles; those that change must be below the actor's own highest."""
    for number in wanted:
        find(guild, number)
    for number in set(wanted) ^ set(member.roles):
        role = find(guild, number)
        _below(guild, actor_id, role)
        if role.managed_by is not None:
            raise DiscordApiError(50013)
    world.set_roles(guild, member.user, [guild.roles[number] for number in dict.fromkeys(wanted)])
    world.ledger.add("roles_set", user_id=member.user.id, guild_id=guild.id, by=actor_id)


def change_member(
    world: DiscordWorld, guild: StandInGuild, actor_id: int, member: StandInMember, body: dict[str, Any]
) -> None:
    """A member's name on this server, and roles."""
    must_fit(_MEMBER, body)
    if "nick" in body:
        _need(guild, actor_id, 1 << 26 if member.user.id == actor_id else may.MANAGE_NICKNAMES)
        member.nick = body["nick"] or None
    wanted = member.roles if body.get("roles") is None else [int(number) for number in body["roles"]]
    give(world, guild, actor_id, member, wanted)


def find(guild: StandInGuild, role_id: int) -> StandInRole:
    """The role, or Discord's error."""
    if role_id not in guild.roles:
        raise DiscordApiError(10011)
    return guild.roles[role_id]


def _need(guild: StandInGuild, actor_id: int, bits: int) -> int:
    rights = may.in_guild(guild, guild.members[actor_id])
    if rights & bits != bits:
        raise DiscordApiError(50013)
    return rights


def _below(guild: StandInGuild, actor_id: int, role: StandInRole) -> None:
    _need(guild, actor_id, may.MANAGE_ROLES)
    own = [guild.roles[number].position for number in guild.members[actor_id].roles if number in guild.roles]
    if actor_id != guild.owner_id and role.position >= max(own, default=0):
        raise DiscordApiError(50013)


def _fill(guild: StandInGuild, actor_id: int, role: StandInRole, body: dict[str, Any]) -> None:
    if body.get("permissions") is not None:
        wanted = int(body["permissions"])
        if wanted & ~_need(guild, actor_id, may.MANAGE_ROLES) & ~role.permissions:
            raise DiscordApiError(50013)  # nobody gives away what they lack
        role.permissions = wanted
    role.name = body.get("name") or role.name
    role.color = (body.get("colors") or {}).get("primary_color") or body.get("color") or role.color
    role.hoist = role.hoist if body.get("hoist") is None else body["hoist"]
    role.mentionable = role.mentionable if body.get("mentionable") is None else body["mentionable"]


def _tell(world: DiscordWorld, guild: StandInGuild, role: StandInRole, name: str) -> None:
    world.emit(GatewayEvent(name, {"guild_id": str(guild.id), "role": role_json(role)}, 1, guild.id))
