"""What /credit needs; `bot.features.money.credit` is it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import ActionConfirmation, Permit
from bot.model.ports import Post
from bot.relay.reassignment import ReassignmentWish
from storage.records import DiscordId, DraftId


class CreditPageUses(Protocol):
    """What is shown, and the file that goes with it."""

    @property
    def post(self) -> Post:
        """What is shown."""

    @property
    def file(self) -> bytes | None:
        """A CSV file."""


class CreditStatementUses(Protocol):
    """What members sold. Refusals are raised with a sentence."""

    async def of(
        self, permits: Sequence[Permit], member: DiscordId | None, period: str, *, as_file: bool
    ) -> CreditPageUses:
        """`member`: whose; None: everybody's for a lead, else one's own."""


class CreditSaleUses(Protocol):
    """A creator's sales. Refusals are raised with a sentence."""

    async def page(self, permit: Permit, period: str, number: int, *, as_file: bool) -> CreditPageUses:
        """`number`: which page, from 1 on."""


class SaleReassignmentUses(Protocol):
    """Sales are reassigned after a question. Refusals are raised with a sentence."""

    async def ask(self, permit: Permit, wish: ReassignmentWish) -> Post:
        """Whether it is to be so from now on."""

    async def yes(self, yes: ActionConfirmation) -> str:
        """Let it hold."""

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Leave it."""


@dataclass(frozen=True)
class CreditUses:
    """All of /credit."""

    statements: CreditStatementUses
    sales: CreditSaleUses
    moving: SaleReassignmentUses
