"""Making, changing and deleting the channels of a server."""

from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError, ResourceRateLimited, must_fit, wrong
from bot.sandbox.discord.model import (
    CATEGORY,
    FORUM,
    TEXT,
    StandInChannel,
    StandInGuild,
    StandInOverwrite,
    StandInTag,
)
from bot.sandbox.discord.shape import (
    BitsShape,
    ChoiceShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    TextShape,
    form,
)
from bot.sandbox.discord.wire import channel_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

GUILDS = 1
DURATIONS = (60, 1440, 4320, 10080)
MAX_CHANNELS, MAX_CHILDREN = 500, 50
RENAMES, RENAME_SECONDS = 2, 600

OVERWRITE = form(
    "id", id=IdShape(null=False), type=ChoiceShape((0, 1)), allow=BitsShape(), deny=BitsShape(), null=False
)
_TAG = form(
    "name",
    id=IdShape(),
    name=TextShape(20, null=False),
    emoji_id=IdShape(),
    emoji_name=TextShape(100),
    moderated=FlagShape(),
    null=False,
)
_FIELDS: dict[str, Any] = {
    "name": TextShape(100, 1, null=False),
    "type": ChoiceShape((TEXT, CATEGORY, FORUM)),
    "position": NumberShape(0),
    "topic": TextShape(4096),
    "nsfw": FlagShape(),
    "rate_limit_per_user": NumberShape(0, 21600),
    "parent_id": IdShape(),
    "permission_overwrites": ListShape(OVERWRITE, 100),
    "default_auto_archive_duration": ChoiceShape(DURATIONS),
    "default_thread_rate_limit_per_user": NumberShape(0, 21600),
    "default_sort_order": ChoiceShape((0, 1)),
    "default_forum_layout": ChoiceShape((0, 1, 2)),
    "default_reaction_emoji": form("", emoji_id=IdShape(), emoji_name=TextShape(100)),
    "available_tags": ListShape(_TAG, 20),
}
CREATE = FormShape(_FIELDS, frozenset(["name"]), null=False)
MODIFY = FormShape({**_FIELDS, "flags": BitsShape()}, null=False)
# request field: attribute of Channel
_PLAIN = {
    "topic": "topic",
    "nsfw": "nsfw",
    "position": "position",
    "rate_limit_per_user": "rate_limit_per_user",
    "default_auto_archive_duration": "default_auto_archive",
    "default_thread_rate_limit_per_user": "default_thread_rate_limit",
    "default_sort_order": "default_sort_order",
    "default_forum_layout": "default_forum_layout",
    "default_reaction_emoji": "default_reaction_emoji",
    "flags": "flags",
}
_ZERO = {"nsfw": False, "position": 0, "rate_limit_per_user": 0, "default_thread_rate_limit": 0, "flags": 0}


def create(world: DiscordWorld, guild: StandInGuild, actor_id: int, body: dict[str, Any]) -> StandInChannel:
    """A new channel, by someone who may manage channels."""
    must_fit(CREATE, body)
    member = guild.members[actor_id]
    rights = may.in_guild(guild, member)
    if not rights & may.MANAGE_CHANNELS:
        raise DiscordApiError(50013)
    if len(guild.channel_ids) >= MAX_CHANNELS:
        raise DiscordApiError(30013)
    kind = body.get("type") or TEXT
    channel = StandInChannel(world.snowflakes.new(), kind, guild_id=guild.id, position=len(guild.channel_ids))
    channel.name = _spelled(kind, body["name"])
    _place(world, guild, channel, body)
    _fill(world, channel, body)
    if body.get("permission_overwrites") is not None:
        channel.overwrites = _overwrites(guild, rights, body["permission_overwrites"])
    world.channels[channel.id] = channel
    guild.channel_ids.append(channel.id)
    world.ledger.add(
        "channel_created", channel_id=channel.id, guild_id=guild.id, name=channel.name, type=kind, by=actor_id
    )
    tell(world, "CHANNEL_CREATE", channel)
    return channel


def modify(
    world: DiscordWorld, channel: StandInChannel, actor_id: int, body: dict[str, Any]
) -> StandInChannel:
    """Change a channel, by someone who may manage it."""
    must_fit(MODIFY, body)
    guild = world.guilds[channel.guild_id or 0]
    world.need(actor_id, channel, may.MANAGE_CHANNELS)
    overwrites = None
    if body.get("permission_overwrites") is not None:
        world.need(actor_id, channel, may.MANAGE_ROLES)
        overwrites = _overwrites(guild, world.permissions(actor_id, channel), body["permission_overwrites"])
    if "name" in body and _spelled(channel.type, body["name"]) != channel.name:
        count_rename(world, channel)
        channel.name = _spelled(channel.type, body["name"])
    _place(world, guild, channel, body)
    _fill(world, channel, body)
    channel.overwrites = channel.overwrites if overwrites is None else overwrites
    changed(world, channel, actor_id)
    return channel


def changed(world: DiscordWorld, channel: StandInChannel, actor_id: int) -> None:
    """Record and tell that a channel is different now."""
    world.ledger.add("channel_updated", channel_id=channel.id, name=channel.name, by=actor_id)
    tell(world, "CHANNEL_UPDATE", channel)


def delete(world: DiscordWorld, channel: StandInChannel, actor_id: int) -> None:
    """Remove a channel; its threads and messages go with it, its children lose their category."""
    world.need(actor_id, channel, may.MANAGE_CHANNELS)
    guild = world.guilds[channel.guild_id or 0]
    guild.channel_ids.remove(channel.id)
    for child in list(world.channels.values()):
        if child.parent_id == channel.id:
            if child.thread is not None:
                del world.channels[child.id]
                world.messages.pop(child.id, None)
            else:
                child.parent_id = None
    del world.channels[channel.id]
    world.messages.pop(channel.id, None)
    world.ledger.add("channel_deleted", channel_id=channel.id, by=actor_id)
    tell(world, "CHANNEL_DELETE", channel)


def set_overwrite(
    world: DiscordWorld, channel: StandInChannel, actor_id: int, target_id: int, body: dict[str, Any]
) -> None:
    """Give one role or member its own permissions in a channel."""
    must_fit(
        form("type", type=ChoiceShape((0, 1), null=False), allow=BitsShape(), deny=BitsShape(), null=False),
        body,
    )
    world.need(actor_id, channel, may.MANAGE_ROLES)
    guild = world.guilds[channel.guild_id or 0]
    made = _overwrites(guild, world.permissions(actor_id, channel), [{**body, "id": target_id}])
    channel.overwrites |= made
    changed(world, channel, actor_id)


def drop_overwrite(world: DiscordWorld, channel: StandInChannel, actor_id: int, target_id: int) -> None:
    """Take one role's or member's own permissions in a channel away."""
    world.need(actor_id, channel, may.MANAGE_ROLES)
    channel.overwrites.pop(target_id, None)
    changed(world, channel, actor_id)


def count_rename(world: DiscordWorld, channel: StandInChannel) -> None:
    """Two renames in ten minutes; the third waits."""
    now, window = world.clock(), world.window(RENAME_SECONDS)
    channel.renamed_at = [moment for moment in channel.renamed_at if moment > now - window]
    if len(channel.renamed_at) >= RENAMES:
        raise ResourceRateLimited(20028, (channel.renamed_at[0] + window - now).total_seconds())
    channel.renamed_at.append(now)


def tell(world: DiscordWorld, name: str, channel: StandInChannel) -> None:
    """Tell the gateways about a channel."""
    world.emit(GatewayEvent(name, channel_json(channel), GUILDS, channel.guild_id))


def _spelled(kind: int, name: str) -> str:
    """Text channels and forums are written in lower case with dashes."""
    return name if kind == CATEGORY else "-".join(name.lower().split())


def _place(world: DiscordWorld, guild: StandInGuild, channel: StandInChannel, body: dict[str, Any]) -> None:
    if "parent_id" not in body:
        return
    if body["parent_id"] is None:
        channel.parent_id = None
        return
    parent = world.channels.get(int(body["parent_id"]))
    if parent is None or parent.guild_id != guild.id or parent.type != CATEGORY or channel.type == CATEGORY:
        raise wrong("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
    if sum(c.parent_id == parent.id for c in world.channels.values()) >= MAX_CHILDREN:
        raise wrong(
            "parent_id", "CHANNEL_PARENT_MAX_CHANNELS", "Maximum number of channels in category reached (50)"
        )
    if channel.parent_id is None and "permission_overwrites" not in body:
        channel.overwrites = dict(parent.overwrites)
    channel.parent_id = parent.id


def _fill(world: DiscordWorld, channel: StandInChannel, body: dict[str, Any]) -> None:
    for name, attribute in _PLAIN.items():
        if name in body:
            value = body[name]
            setattr(channel, attribute, _ZERO.get(attribute) if value is None else value)
    if body.get("available_tags") is not None:
        channel.tags = [_tag(world, channel, tag) for tag in body["available_tags"]]
        names = [tag.name for tag in channel.tags]
        if len(set(names)) < len(names):
            raise wrong("available_tags", "FORUM_TAG_NAMES_NOT_UNIQUE", "Tag names must be unique")


def _tag(world: DiscordWorld, channel: StandInChannel, body: dict[str, Any]) -> StandInTag:
    known = {tag.id for tag in channel.tags}
    tag_id = int(body["id"]) if body.get("id") and int(body["id"]) in known else world.snowflakes.new()
    emoji_id = int(body["emoji_id"]) if body.get("emoji_id") else None
    return StandInTag(tag_id, body["name"], bool(body.get("moderated")), emoji_id, body.get("emoji_name"))


def _overwrites(
    guild: StandInGuild, rights: int, wanted: list[dict[str, Any]]
) -> dict[int, StandInOverwrite]:
    """Nobody gives or takes what they lack; managing roles in a channel is for administrators."""
    found: dict[int, StandInOverwrite] = {}
    for item in wanted:
        target = int(item["id"])
        kind = int(target not in guild.roles) if item.get("type") is None else int(item["type"])
        if kind == 0 and target not in guild.roles:
            raise DiscordApiError(10011)
        bits = int(item.get("allow") or 0) | int(item.get("deny") or 0)
        if rights != may.ALL and bits & (~rights | may.MANAGE_ROLES):
            raise DiscordApiError(50013)
        found[target] = StandInOverwrite(
            target, kind, int(item.get("allow") or 0), int(item.get("deny") or 0)
        )
    return found
