"""The address at which the bot is added to a server, with what it needs (pure)."""

from urllib.parse import urlencode

from bot.discord.command_roots import TEAM_MARK
from bot.discord.discord_permissions import NEEDED


def invitation(authorize_url: str, application: int) -> str:
    """Discord's page that asks which server the bot may join."""
    query = {
        "client_id": str(application),
        "scope": "bot applications.commands",
        "permissions": str((NEEDED | TEAM_MARK).value),
    }
    return f"{authorize_url}{'&' if '?' in authorize_url else '?'}{urlencode(query)}"
