"""What a proposal needs of whoever has a second person asked before it leaves."""

from typing import Protocol

from bot.access.permits import Actor
from bot.engine.slots import Slot
from bot.features.publishing.proposals.presses import ProposalPress
from bot.model.ports import Post
from storage.database import Transaction


class SecondPersonPort(Protocol):
    """Both methods are part of the transaction of the first person's press."""

    async def nobody_else(self, tx: Transaction, press: ProposalPress, by: Actor) -> str | None:
        """Why nobody could answer; None: somebody may."""

    async def ask(self, tx: Transaction, press: ProposalPress, by: Actor) -> Post:
        """It waits for somebody else; what to show in the preview's place."""


SECOND_PERSON = Slot[SecondPersonPort]("who has a second person asked")
