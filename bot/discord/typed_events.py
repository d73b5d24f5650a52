"""Reads members' typed words in a thread from a gateway event."""

import discord

from bot.access.permits import Actor
from bot.relay.typed_messages import TypedThreadMessage
from storage.records import DiscordId

_PLAIN = (discord.MessageType.default, discord.MessageType.reply)


def heard_of(message: discord.Message, me: discord.ClientUser | None) -> TypedThreadMessage | None:
    """Return a person's text in a thread; None for other bots, webhooks, Discord's own notes."""
    by = message.author
    if message.guild is None or message.type not in _PLAIN or message.webhook_id is not None or by.bot:
        return None
    if not isinstance(message.channel, discord.Thread) or not isinstance(by, discord.Member):
        return None
    return TypedThreadMessage(
        message=DiscordId(message.id),
        channel=DiscordId(message.channel.id),
        by=Actor(
            user=DiscordId(by.id),
            guild=DiscordId(message.guild.id),
            roles=frozenset(DiscordId(role) for role in by._roles),  # noqa: SLF001 - as in `actor_of`
        ),
        name=by.display_name,
        text=message.content,
        at=int(message.created_at.timestamp() * 1000),
        extras=bool(message.attachments or message.stickers or message.poll or message.message_snapshots),
        beside=_beside(message, me),
    )


def _beside(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Whether it answers a message that is not the bridge's; one that is not there any more counts, too."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return False
    found = message.reference.resolved
    return not isinstance(found, discord.Message) or me is None or found.author.id != me.id
