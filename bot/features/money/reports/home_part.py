"""What /home says of today's money, as exactly as its reader sees figures."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.engine.slots import SlotEntry
from bot.features.money.reports.today_service import TodayEarningsService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.model.language import msgid, tr

_NAMED = 3


def earnings_part(today: TodayEarningsService) -> SlotEntry:
    """Amounts, ranges, or nothing."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        seen = [one for one in permits if one.link is not None and one.money is not MoneyView.HIDDEN]
        if not seen:
            return None
        alone = len(permits) == 1
        lines = [await today.line(one, named=not alone) for one in seen[:_NAMED]]
        more = [tr("and {number} more creators", number=len(seen) - _NAMED)] if len(seen) > _NAMED else []
        return HomeNews("\n".join([tr("**Today's earnings**"), *lines, *more]))

    return HOME_PARTS.of(
        HomePart("earnings", 40, Action.EARNINGS, read, "/money earnings", msgid("Earnings"))
    )
