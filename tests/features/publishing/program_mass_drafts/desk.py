"""Programs' mass messages at a desk: one waits for each press."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Awaitable, Callable, Mapping

from bot.features.publishing.program_mass_drafts.press_service import ProgramMassPressService
from storage.database import Transaction
from storage.records import CreatorId, DiscordId
from tests.discord.desk import MILA, Desk, DeskServices


async def _taken(_tx: Transaction) -> None:
    """Nothing is kept here."""


class DeskProgramMasses:
    """Opens whatever is pressed."""

    async def creator(self, ref: str) -> CreatorId | None:
        return MILA

    async def content(self, ref: str) -> Mapping[str, str]:
        return {"text": "Drafted", "to": "Subscribers"}

    def taking(self, ref: str, by: DiscordId) -> Callable[[Transaction], Awaitable[None]]:
        return _taken

    async def discard(self, ref: str, by: DiscordId) -> str:
        return "Discarded."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ProgramMassPressService: DeskProgramMasses()}
