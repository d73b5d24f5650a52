"""The port by which a second person is asked before a proposal leaves."""

from typing import Protocol

from bot.access.permits import Actor
from bot.engine.slots import Slot
from bot.features.publishing.proposals.presses import ProposalPress
from bot.model.ports import Post
from storage.database import Transaction


class SecondPersonPort(Protocol):
    """Both methods are part of the transaction of the first person's press."""

    async def nobody_else(self, tx: Transaction, press: ProposalPress, by: Actor) -> str | None:
        """The refusal; None: somebody else may answer."""

    async def ask(self, tx: Transaction, press: ProposalPress, by: Actor) -> Post:
        """Ask a second person; return the post for the preview's place."""


SECOND_PERSON = Slot[SecondPersonPort]("who has a second person asked")
