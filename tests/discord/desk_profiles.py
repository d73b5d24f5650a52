"""`Profiles` of a desk: says how exactly it was asked."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import DiscordId


class DeskProfiles:
    """Knows nobody."""

    async def of(self, channel: DiscordId, level: MoneyView) -> Post:
        return Post(body=(f"A fan, figures {level}.",))

    async def lists(self, channel: DiscordId) -> Post:
        return Post(body=("On no list.",))
