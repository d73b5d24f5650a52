"""What commands call of a creator's figures and ledger."""

from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.discord.uses_credit import CreditPageUses
from bot.model.ports import Picture, Post
from storage.records import Cents, Link


class AudienceUses(Protocol):
    """A creator's subscribers. Whose they are is checked before; `level`: how exactly figures are shown."""

    async def subscribers(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """What changed on the days that were typed."""


class SubscriberUses(Protocol):
    """Who subscribes to a creator. Whether somebody may ask is checked before."""

    async def page(self, link: Link, permit: Permit, number: int, *, as_file: bool) -> CreditPageUses:
        """Some of them, with since when, at what price, and whether it renews."""


class GoalUses(Protocol):
    """A creator's goals. Whether somebody may ask is checked before; refusals may be raised as sentences."""

    async def put(self, link: Link, permit: Permit, span: str, cents: Cents | None, *, net: bool) -> str:
        """A goal for each week or month; what to tell them. `cents` None: what was typed is no amount."""

    async def off(self, link: Link, permit: Permit, span: str) -> str:
        """Want it no longer; what to tell them."""

    async def show(self, link: Link, permit: Permit) -> Post:
        """How every goal stands."""


class LedgerUses(Protocol):
    """The ledger itself. Whether somebody may ask is checked before; refusals are raised with a sentence."""

    async def check(self, link: Link, permit: Permit) -> Post:
        """Whether it agrees with Fanvue, and each difference."""

    async def rebuild(self, link: Link, permit: Permit) -> str:
        """Have every day read anew; what to tell them."""


class NoLedger:
    """What holds until `bot.app.command_services` passes in better."""

    async def check(self, link: Link, permit: Permit) -> Post:  # noqa: ARG002 - nothing is there
        """There is nothing to compare."""
        return Post(title="Ledger", body=("There is nothing to compare yet.",))

    async def rebuild(self, link: Link, permit: Permit) -> str:  # noqa: ARG002 - likewise
        """There is nothing to read."""
        return "There is nothing to read yet."
