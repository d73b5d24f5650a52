"""Tells who sees or may write in a channel, by the gateway's events."""

import discord

from bot.discord.bridge import Asked
from bot.discord.discord_permissions import why_not_answer
from storage.records import DiscordId


def open_to_all(asked: Asked) -> bool | None:
    """Whether everybody on the server sees where somebody clicks; None: not known yet, or no server.

    A click tells of its channel only in part, without who sees it.
    """
    guild, where, here = asked.guild, asked.channel_id, asked.channel
    if isinstance(here, discord.Thread):
        if here.is_private():
            return False
        where = here.parent_id
    known = guild.get_channel(where) if guild is not None and where is not None else None
    return None if known is None else known.permissions_for(known.guild.default_role).view_channel


def may_answer_in(asked: Asked, forum: DiscordId) -> bool:
    """Return whether the clicker may write in this forum's threads; unknown is a no."""
    known = asked.guild.get_channel(forum) if asked.guild is not None else None
    if known is None or not isinstance(asked.user, discord.Member):
        return False
    return why_not_answer(known.permissions_for(asked.user)) is None
