"""Messages that are pinned to their channel."""

from datetime import datetime
from typing import Any

from bot.sandbox.discord import messages
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.channels import GUILDS
from bot.sandbox.discord.drafts import MessageDraft
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import DM, StandInMessage, StandInUser
from bot.sandbox.discord.reactions import must_be_awake
from bot.sandbox.discord.snowflakes import iso
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent

MAX_PINS = 250
_SAYS_PINNED = 6  # the type of the line that tells the channel


def pinned(world: DiscordWorld, channel_id: int) -> list[tuple[datetime, StandInMessage]]:
    """The pinned messages of a channel, the last pinned first."""
    found = [(m.pinned_at, m) for m in world.messages.get(channel_id, {}).values() if m.pinned_at]
    return sorted(found, key=lambda item: (item[0], item[1].id), reverse=True)


def pin(world: DiscordWorld, message: StandInMessage, actor: StandInUser) -> None:
    """Pin a message, by those who may; the channel gets a line that says so."""
    channel = world.channels[message.channel_id]
    world.need(actor.id, channel, may.PIN_MESSAGES)
    must_be_awake(world, message)
    if message.type == _SAYS_PINNED:
        raise DiscordApiError(50021)
    if message.pinned_at is not None:
        return
    if len(pinned(world, channel.id)) >= MAX_PINS:
        raise DiscordApiError(30003)
    message.pinned_at = world.clock()
    _changed(world, message, actor)
    where = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
    if channel.guild_id is not None:
        where["guild_id"] = str(channel.guild_id)
    line = StandInMessage(
        world.snowflakes.new(), channel.id, actor, world.clock(), type=_SAYS_PINNED, reference=where
    )
    messages.publish(world, MessageDraft(actor, channel, {}), line)


def unpin(world: DiscordWorld, message: StandInMessage, actor: StandInUser) -> None:
    """Take the pin away again."""
    world.need(actor.id, world.channels[message.channel_id], may.PIN_MESSAGES)
    must_be_awake(world, message)
    if message.pinned_at is not None:
        message.pinned_at = None
        _changed(world, message, actor)


def _changed(world: DiscordWorld, message: StandInMessage, actor: StandInUser) -> None:
    channel = world.channels[message.channel_id]
    newest = next(iter(pinned(world, channel.id)), None)
    about: dict[str, Any] = {"channel_id": str(channel.id)}
    about["last_pin_timestamp"] = None if newest is None else iso(newest[0])
    if channel.guild_id is not None:
        about["guild_id"] = str(channel.guild_id)
    intent = 1 << 12 if channel.type == DM else GUILDS
    world.emit(GatewayEvent("CHANNEL_PINS_UPDATE", about, intent, channel.guild_id, channel))
    messages.tell(world, "MESSAGE_UPDATE", message)
    kept = message.pinned_at is not None
    world.ledger.add("pinned" if kept else "unpinned", message_id=message.id, by=actor.id)
