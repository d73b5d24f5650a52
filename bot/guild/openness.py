"""Whether everybody on the server sees where somebody clicks."""

import discord

from bot.guild.bridge import Asked


def open_to_all(asked: Asked) -> bool | None:
    """As the gateway has told of the channel; None: it has not yet, or there is no server.

    A click tells of its channel only in part, without who sees it.
    """
    guild, where, here = asked.guild, asked.channel_id, asked.channel
    if isinstance(here, discord.Thread):
        if here.is_private():
            return False
        where = here.parent_id
    known = guild.get_channel(where) if guild is not None and where is not None else None
    return None if known is None else known.permissions_for(known.guild.default_role).view_channel
