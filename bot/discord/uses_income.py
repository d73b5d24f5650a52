"""What commands call of income: sums, best hours, top fans, all creators."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Picture, Post
from storage.records import CreatorId, Link


class OneIncome(Protocol):
    """Of one creator. Whose it is is checked before; `level`: how exactly figures are shown.

    `period`: days as somebody wrote them. Refusals are raised with a sentence.
    """

    async def earnings(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """What came in, compared, and a picture."""

    async def hours(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """At which hours of which weekdays most came in."""

    async def top(self, link: Link, period: str, level: MoneyView) -> Post:
        """Who spent most."""

    async def offered(
        self, creator: CreatorId, levels: Collection[MoneyView], typed: str
    ) -> Sequence[tuple[str, str]]:
        """What to offer while somebody types days: words and value, in the zone of one creator.

        `levels`: how exactly they see the figures of all who may be meant.
        """


class AllIncome(Protocol):
    """Of all creators whose money somebody may see."""

    async def earnings(self, permits: Sequence[Permit], period: str) -> Post:
        """What came in, each in its own zone and as exactly as they see it."""


class IncomeUses(Protocol):
    """Both."""

    @property
    def answers(self) -> OneIncome:
        """About one creator."""

    @property
    def everyone(self) -> AllIncome:
        """About all."""
