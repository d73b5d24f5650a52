"""What /team figures needs; `bot.features.people.workload` is it."""

from typing import Protocol

from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import CreatorId


class WorkloadUses(Protocol):
    """How much each member answers, and how fast. Whether somebody may ask was asked before."""

    async def of(self, creator: CreatorId, period: str, money: MoneyView) -> tuple[Post, bytes]:
        """What to show of so many days, and the same as a CSV file."""
