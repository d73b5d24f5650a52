"""`Profiles` of a desk: says how exactly it was asked."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.roles import MoneyView
from bot.features.inbox.profiles.service import ProfileAnswer, ProfileService
from bot.model.ports import Post
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskServices


class DeskProfiles:
    """Knows nobody."""

    async def of(self, channel: DiscordId, level: MoneyView) -> ProfileAnswer:
        return ProfileAnswer(Post(body=(f"A fan, figures {level}.",)))

    async def lists(self, channel: DiscordId) -> Post:
        return Post(body=("On no list.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ProfileService: DeskProfiles()}
