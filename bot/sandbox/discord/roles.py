"""Roles: made, changed, deleted, given and taken, by those who stand above them."""

from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import ApiError, must_fit
from bot.sandbox.discord.model import Guild, Member, Role
from bot.sandbox.discord.shape import Anything, Bits, Flag, Form, Id, Many, Number, Text, form
from bot.sandbox.discord.wire import role_json
from bot.sandbox.discord.world import Event, World

MAX_ROLES = 250
_COLORS = form("", primary_color=Number(0), secondary_color=Number(0), tertiary_color=Number(0))
BODY = Form(
    {
        "name": Text(100),
        "permissions": Bits(),
        "color": Number(0, 0xFFFFFF),
        "colors": _COLORS,
        "hoist": Flag(),
        "mentionable": Flag(),
        "icon": Anything(),
        "unicode_emoji": Text(100),
    },
    null=False,
)
_MEMBER = form("", nick=Text(32), roles=Many(Id(null=False), MAX_ROLES), null=False)


def create(world: World, guild: Guild, actor_id: int, body: dict[str, Any]) -> Role:
    """A new role, the lowest above @everyone."""
    must_fit(BODY, body)
    _need(guild, actor_id, may.MANAGE_ROLES)
    if len(guild.roles) >= MAX_ROLES:
        raise ApiError(30005)
    role = Role(world.snowflakes.new(), "new role", guild.roles[guild.id].permissions, 1)
    _fill(guild, actor_id, role, body)
    for other in guild.roles.values():
        other.position += other.position > 0
    guild.roles[role.id] = role
    _tell(world, guild, role, "GUILD_ROLE_CREATE")
    world.ledger.add("role_created", role_id=role.id, guild_id=guild.id, by=actor_id)
    return role


def modify(world: World, guild: Guild, actor_id: int, role: Role, body: dict[str, Any]) -> Role:
    """Change a role below the actor's own highest."""
    must_fit(BODY, body)
    _below(guild, actor_id, role)
    _fill(guild, actor_id, role, body)
    _tell(world, guild, role, "GUILD_ROLE_UPDATE")
    return role


def delete(world: World, guild: Guild, actor_id: int, role: Role) -> None:
    """Remove a role, from its members too; those of bots and @everyone stay."""
    _below(guild, actor_id, role)
    if role.managed_by is not None or role.id == guild.id:
        raise ApiError(50013)
    del guild.roles[role.id]
    for member in guild.members.values():
        member.roles = [number for number in member.roles if number != role.id]
    gone = {"guild_id": str(guild.id), "role_id": str(role.id)}
    world.emit(Event("GUILD_ROLE_DELETE", gone, 1, guild.id))
    world.ledger.add("role_deleted", role_id=role.id, guild_id=guild.id, by=actor_id)


def give(world: World, guild: Guild, actor_id: int, member: Member, wanted: list[int]) -> None:
    """Let a member have exactly these roles; what changes must be below the actor's own highest."""
    for number in wanted:
        find(guild, number)
    for number in set(wanted) ^ set(member.roles):
        role = find(guild, number)
        _below(guild, actor_id, role)
        if role.managed_by is not None:
            raise ApiError(50013)
    world.set_roles(guild, member.user, [guild.roles[number] for number in dict.fromkeys(wanted)])
    world.ledger.add("roles_set", user_id=member.user.id, guild_id=guild.id, by=actor_id)


def change_member(world: World, guild: Guild, actor_id: int, member: Member, body: dict[str, Any]) -> None:
    """A member's name on this server, and roles."""
    must_fit(_MEMBER, body)
    if "nick" in body:
        _need(guild, actor_id, 1 << 26 if member.user.id == actor_id else may.MANAGE_NICKNAMES)
        member.nick = body["nick"] or None
    wanted = member.roles if body.get("roles") is None else [int(number) for number in body["roles"]]
    give(world, guild, actor_id, member, wanted)


def find(guild: Guild, role_id: int) -> Role:
    """The role, or Discord's error."""
    if role_id not in guild.roles:
        raise ApiError(10011)
    return guild.roles[role_id]


def _need(guild: Guild, actor_id: int, bits: int) -> int:
    rights = may.in_guild(guild, guild.members[actor_id])
    if rights & bits != bits:
        raise ApiError(50013)
    return rights


def _below(guild: Guild, actor_id: int, role: Role) -> None:
    _need(guild, actor_id, may.MANAGE_ROLES)
    own = [guild.roles[number].position for number in guild.members[actor_id].roles if number in guild.roles]
    if actor_id != guild.owner_id and role.position >= max(own, default=0):
        raise ApiError(50013)


def _fill(guild: Guild, actor_id: int, role: Role, body: dict[str, Any]) -> None:
    if body.get("permissions") is not None:
        wanted = int(body["permissions"])
        if wanted & ~_need(guild, actor_id, may.MANAGE_ROLES) & ~role.permissions:
            raise ApiError(50013)  # nobody gives away what they lack
        role.permissions = wanted
    role.name = body.get("name") or role.name
    role.color = (body.get("colors") or {}).get("primary_color") or body.get("color") or role.color
    role.hoist = role.hoist if body.get("hoist") is None else body["hoist"]
    role.mentionable = role.mentionable if body.get("mentionable") is None else body["mentionable"]


def _tell(world: World, guild: Guild, role: Role, name: str) -> None:
    world.emit(Event(name, {"guild_id": str(guild.id), "role": role_json(role)}, 1, guild.id))
