"""A desk's income: names what was asked for."""

from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.service import EarningsReportService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    AllCreatorsReportService,
    earnings=lambda permits, period: Post(body=(f"Earnings of {len(permits)} creators, {period}",)),
) | answering(
    EarningsReportService,
    earnings=lambda link, period: (Post(body=(f"Earnings of {link.handle}, {period}",)), None),
    hours=lambda link, period: (Post(body=(f"Best hours of {link.handle}, {period}",)), None),
    top=lambda link, period: Post(body=(f"Top fans of {link.handle}, {period}",)),
    offered=lambda typed: [(f"Days like {typed}", typed)],
)
