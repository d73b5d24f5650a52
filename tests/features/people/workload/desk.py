"""A desk at which a team has done nothing."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.roles import MoneyView
from bot.features.people.workload.service import WorkloadService
from bot.model.ports import Post
from storage.records import CreatorId
from tests.discord.desk import Desk, DeskServices


class DeskWorkload:
    """Says whose figures were asked for."""

    async def of(self, creator: CreatorId, period: str, money: MoneyView) -> tuple[Post, bytes]:
        """Nothing, in a file too."""
        return Post(body=(f"{creator}, {period} days: nothing.",)), b"member_id\r\n"


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {WorkloadService: DeskWorkload()}
