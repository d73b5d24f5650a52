"""Reactions to messages: given, taken back, cleared, and told."""

from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.message_wire import emoji_json
from bot.sandbox.discord.model import DM, StandInMessage
from bot.sandbox.discord.wire import member_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

GUILD_REACTIONS, DIRECT_REACTIONS = 1 << 10, 1 << 13
MAX_KINDS = 20
_FIRST_SIGN = 0xA9  # ©, the lowest sign that is an emoji; a letter is none, and no server here has its own


def known(emoji: str) -> str:
    """The emoji, or Discord's error."""
    if not any(ord(sign) >= _FIRST_SIGN for sign in emoji) or ":" in emoji:
        raise DiscordApiError(10014)
    return emoji


def add(world: DiscordWorld, message: StandInMessage, user_id: int, emoji: str) -> None:
    """Somebody reacts; a second time changes nothing."""
    channel, given = world.channels[message.channel_id], message.reactions.get(known(emoji))
    world.need(user_id, channel, may.READ_HISTORY | (may.ADD_REACTIONS if given is None else 0))
    must_be_awake(world, message)
    if given is None and len(message.reactions) >= MAX_KINDS:
        raise DiscordApiError(30010)
    if user_id in (given or []):
        return
    message.reactions.setdefault(emoji, []).append(user_id)
    about = _about(message, emoji, user_id) | {"burst": False, "type": 0}
    about["message_author_id"] = str(message.author.id)
    if channel.guild_id is not None:
        about["member"] = member_json(world.guilds[channel.guild_id].members[user_id])
    _tell(world, "MESSAGE_REACTION_ADD", message, about)
    world.ledger.add("reaction_added", message_id=message.id, user_id=user_id)


def remove(world: DiscordWorld, message: StandInMessage, user_id: int, emoji: str) -> None:
    """Somebody's reaction goes; one that is not there is no error, and nobody is told."""
    must_be_awake(world, message)
    given = message.reactions.get(known(emoji), [])
    if user_id not in given:
        return
    given.remove(user_id)
    if not given:
        del message.reactions[emoji]
    about = _about(message, emoji, user_id) | {"burst": False, "type": 0}
    _tell(world, "MESSAGE_REACTION_REMOVE", message, about)
    world.ledger.add("reaction_removed", message_id=message.id, user_id=user_id)


def clear(world: DiscordWorld, message: StandInMessage, emoji: str | None = None) -> None:
    """All reactions go, or all with one emoji."""
    must_be_awake(world, message)
    if emoji is None:
        message.reactions.clear()
        _tell(world, "MESSAGE_REACTION_REMOVE_ALL", message, _about(message))
    else:
        message.reactions.pop(known(emoji), None)
        _tell(world, "MESSAGE_REACTION_REMOVE_EMOJI", message, _about(message, emoji))


def must_be_awake(world: DiscordWorld, message: StandInMessage) -> None:
    """Discord's error in a thread that rests."""
    thread = world.channels[message.channel_id].thread
    if thread is not None and thread.archived:
        raise DiscordApiError(50083)


def _about(message: StandInMessage, emoji: str | None = None, user_id: int | None = None) -> dict[str, Any]:
    about: dict[str, Any] = {"channel_id": str(message.channel_id), "message_id": str(message.id)}
    if emoji is not None:
        about["emoji"] = emoji_json(emoji)
    return about | ({} if user_id is None else {"user_id": str(user_id)})


def _tell(world: DiscordWorld, name: str, message: StandInMessage, about: dict[str, Any]) -> None:
    channel = world.channels[message.channel_id]
    where = {} if channel.guild_id is None else {"guild_id": str(channel.guild_id)}
    intent = DIRECT_REACTIONS if channel.type == DM else GUILD_REACTIONS
    world.emit(GatewayEvent(name, about | where, intent, channel.guild_id, channel))
