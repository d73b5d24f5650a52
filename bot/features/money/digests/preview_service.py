"""Shows an owner what a digest would say now; nothing counts as told by it."""

from datetime import timedelta

from bot.access.roles import MoneyView
from bot.features.money.digests import texts
from bot.features.money.digests.period_rules import DigestPeriod, ended
from bot.features.money.digests.picture import pack, picture_of
from bot.features.money.digests.reader import DigestReader
from bot.features.money.periods.days import day_of
from bot.features.money.periods.read_limit import told
from bot.model.language import tr
from bot.model.ports import Picture, Post
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests
from storage.money.digests import Digest
from storage.records import Link

_DAY = timedelta(days=1)


class DigestPreviewService:
    """Callers check whose creator it is."""

    def __init__(self, ctx: Context, *, reading: DigestReader) -> None:
        self._ctx = ctx
        self._reading = reading

    async def now(self, link: Link, sort: str) -> tuple[Post, Picture | None]:
        """Preview the newest day, week or month that is over. Raises FiguresUnavailable."""

        async def work(tx: Transaction) -> tuple[Digest | None, str]:
            name = await digests.zone(tx, link.creator) or DEFAULT_ZONE
            return await digests.get(tx, link.creator, sort), name

        wanted, name = await self._ctx.database.read(work)
        zone, which = zone_of(name), DigestPeriod(sort)
        last = ended(which, day_of(self._ctx.clock.now(), zone) - _DAY)
        content = await told(lambda: self._reading.of(link.creator, which, last, zone))
        level = MoneyView.EXACT if wanted is None else MoneyView(wanted.figures)
        silent = wanted is not None and wanted.quiet and content.silent
        also = (tr(texts.PREVIEW), *((tr(texts.QUIET),) if silent else ()))
        post = texts.digest(content, link=link, level=level, also=also)
        if content.drawn is None or level is MoneyView.HIDDEN:
            return post, None
        return post, await picture_of(pack(content.drawn), level)
