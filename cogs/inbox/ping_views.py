"""/inbox pings: which messages of fans make one's own phone ring."""

from bot.discord.answers import private
from bot.discord.asking import permit_of
from bot.discord.bridge import Asked, service
from bot.features.inbox.pings.service import PingSetting, TypedPings


async def set_pings(asked: Asked, typed: TypedPings) -> None:
    """Change what was typed; without anything, say what is set."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, PingSetting).set(permit, typed))
