"""A desk's languages: everybody is answered in English."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.features.people.languages.service import LanguageService
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskServices


class DeskLanguages:
    """Nobody chose."""

    async def of_member(self, member: DiscordId, locale: str) -> str:
        return "en"

    async def choose_mine(self, permits: Sequence[Permit], locale: str, wanted: str | None) -> str:
        return f"Language: {wanted}."

    async def choose_channels(self, permit: Permit, wanted: str | None) -> str:
        return f"Language of the channels: {wanted}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {LanguageService: DeskLanguages()}
