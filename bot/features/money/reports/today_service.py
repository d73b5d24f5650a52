"""Today's earnings of a creator in one line, from what the ledger has already."""

from bot.access.permits import Permit
from bot.features.money.ledger.service import LedgerService
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.days import Days, day_of
from bot.model.language import msgid, tr
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.money import digests

_HANDLE = 40
_NOT_READ = msgid("not read from Fanvue yet")


class TodayEarningsService:
    """Fanvue is not asked: whoever wants the newest figures asks /money earnings."""

    def __init__(self, ctx: Context, *, books: LedgerService) -> None:
        self._ctx = ctx
        self._books = books

    async def line(self, permit: Permit, *, named: bool) -> str:
        """The sums as exactly as the permit lets them be seen; `named`: with whose they are."""
        assert permit.creator is not None, "the action is about a creator"
        creator, now = permit.creator, self._ctx.clock.now()
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, creator))
        zone = zone_of(name or DEFAULT_ZONE)
        today = day_of(now, zone)
        found = await self._books.known(creator, Days(zone, today, today), now)
        handle = permit.link.handle if permit.link is not None else ""
        whose = f"@{safe(one_line(handle, _HANDLE))}: " if named else ""
        if found is None:
            return f"{whose}{tr(_NOT_READ)}"
        show = shown_to(permit.money)
        sums = [
            tr(
                "{gross} gross, {net} net",
                gross=show.money(one.gross, one.currency),
                net=show.money(one.net, one.currency),
            )
            for one in found.sums
        ]
        return whose + tr(
            "{sums} · read <t:{moment}:R>",
            sums="; ".join(sums) or show.money(0),
            moment=found.as_of // 1000,
        )
