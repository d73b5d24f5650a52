"""Programs' drafts at a desk: one waits for each press, whatever it is."""

from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from storage.database import Transaction
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering


async def _taken(_tx: Transaction) -> None:
    """Nothing is kept here."""


STAND_INS = answering(
    ChannelDraftPressService,
    creator=MILA,
    content={
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
    },
    taking=lambda: _taken,
    discard="Discarded.",
)
