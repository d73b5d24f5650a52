"""The events asked of Discord over the gateway: as little as works."""

import discord


def intents(*, typing: bool) -> discord.Intents:
    """Of messages only that one is there or gone; with `typing` also what people type."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=typing)
