"""What commands call of a creator's figures and ledger."""

from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import Money
from bot.relay.ports import Picture, Post
from storage.records import Link


class Figures(Protocol):
    """One creator's figures. Whose they are is checked before; `level`: how exactly they are shown.

    Refusals are raised with a sentence.
    """

    async def earnings(self, link: Link, period: str, level: Money) -> tuple[Post, Picture | None]:
        """What came in on the days of a period, one of `bot.figures.days.PERIODS`."""

    async def top(self, link: Link, period: str, level: Money) -> Post:
        """Who spent most on those days."""

    async def subscribers(self, link: Link, level: Money) -> Post:
        """How many subscribe, and how that changed lately."""


class LedgerUses(Protocol):
    """The ledger itself. Whether somebody may ask is checked before; refusals are raised with a sentence."""

    async def check(self, link: Link, permit: Permit) -> Post:
        """Whether it agrees with Fanvue, and each difference."""

    async def rebuild(self, link: Link, permit: Permit) -> str:
        """Have every day read anew; what to tell them."""


class NoLedger:
    """What holds until `bot.uses` passes in better."""

    async def check(self, link: Link, permit: Permit) -> Post:  # noqa: ARG002 - nothing is there
        """There is nothing to compare."""
        return Post(title="Ledger", body=("There is nothing to compare yet.",))

    async def rebuild(self, link: Link, permit: Permit) -> str:  # noqa: ARG002 - likewise
        """There is nothing to read."""
        return "There is nothing to read yet."
