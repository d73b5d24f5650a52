"""A Discord to develop against: HTTP API v10, gateway, OAuth2, and people."""

from bot.sandbox.discord.server import DiscordServer, serve
from bot.sandbox.discord.standalone import furnish

__all__ = ["DiscordServer", "furnish", "serve"]
