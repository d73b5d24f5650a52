"""A desk's income: names what was asked for."""
# ruff: noqa: ARG002 -- a desk has no figures

from collections.abc import Collection, Sequence

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.service import EarningsReportService
from bot.model.ports import Picture, Post
from storage.records import CreatorId, Link
from tests.discord.desk import Desk, DeskServices


class DeskAnswers:
    """Of one creator."""

    async def earnings(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        return Post(body=(f"Earnings of {link.handle}, {period}",)), None

    async def hours(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        return Post(body=(f"Best hours of {link.handle}, {period}",)), None

    async def top(self, link: Link, period: str, level: MoneyView) -> Post:
        return Post(body=(f"Top fans of {link.handle}, {period}",))

    async def offered(
        self, creator: CreatorId, levels: Collection[MoneyView], typed: str
    ) -> Sequence[tuple[str, str]]:
        return [(f"Days like {typed}", typed)]


class DeskEveryone:
    """Of all."""

    async def earnings(self, permits: Sequence[Permit], period: str) -> Post:
        return Post(body=(f"Earnings of {len(permits)} creators, {period}",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AllCreatorsReportService: DeskEveryone(), EarningsReportService: DeskAnswers()}
