"""Programs' drafts at a desk: one waits for each press, whatever it is."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.features.operations.channel_drafts.model import DraftContent
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from storage.database import Transaction
from storage.records import CreatorId, DiscordId
from tests.discord.desk import MILA, Desk, DeskServices


async def _taken(_tx: Transaction) -> None:
    """Nothing is kept here."""


class DeskChannelDrafts:
    """Opens whatever is pressed."""

    async def creator(self, ref: str, action: Action) -> CreatorId | None:
        return MILA

    async def content(self, ref: str) -> DraftContent:
        return {
            "text": "Drafted",
            "price_cents": None,
            "media": [],
            "preview": None,
            "at": None,
            "to": ["Subscribers"],
            "except": [],
            "name": "Drafted",
            "audience": "subscribers",
            "expires": None,
            "collections": [],
        }

    def taking(self, ref: str, by: DiscordId) -> Callable[[Transaction], Awaitable[None]]:
        return _taken

    async def discard(self, ref: str, by: DiscordId) -> str:
        return "Discarded."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ChannelDraftPressService: DeskChannelDrafts()}
