"""The fans a query means: answered by the bridge's data, or by Fanvue's own list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.query import ListQuery
from bot.model.errors import DeliveryRefused
from bot.model.language import number_text, tr, tr_many
from bot.relay.context import Context
from bot.text.render import money
from bot.text.safe_text import safe
from storage.database import Transaction
from storage.inbox import received
from storage.money import spending
from storage.publishing import lists
from storage.records import Cents, CreatorId, FanId, MediaId, Millis

_DAY: Millis = 86_400_000


@dataclass(frozen=True)
class ListQueryResult:
    """Some fans, and in words who they are and where that is known from."""

    fans: tuple[FanId, ...]
    words: str


class ListQueryService:
    """Looks it up once; the caller keeps the answer."""

    def __init__(self, ctx: Context, *, there: FanvueFanLists) -> None:
        self._ctx = ctx
        self._there = there
        self._pseudonyms = ctx.trail.pseudonyms

    async def fit(self, permit: Permit, creator: CreatorId, query: ListQuery) -> ListQueryResult:
        """Everybody for whom all of it holds. Raises Refused."""
        parts: list[ListQueryResult] = []
        if query.spent is not None:
            if permit.money is not MoneyView.EXACT:
                raise DeliveryRefused(texts.NO_MONEY)  # by trying amounts, ranges would be read to the cent
            parts.append(await self._spent(creator, query.spent, query.days))
        if query.bought is not None:
            parts.append(await self._bought(creator, query.bought))
        if query.expired is not None:
            parts.append(await self._expired(creator, query.expired))
        if not parts:
            raise DeliveryRefused(texts.NO_QUERY)
        fitting = set.intersection(*(set(part.fans) for part in parts))
        if not fitting:
            raise DeliveryRefused("\n".join([tr(texts.NOBODY), *(part.words for part in parts)]))
        return ListQueryResult(tuple(sorted(fitting)), "\n".join(part.words for part in parts))

    async def with_handles(
        self, creator: CreatorId, wanted: Mapping[str, str]
    ) -> tuple[list[FanId], list[str]]:
        """Owners of these folded handles, and nobody's handles, as they were written."""
        known = await self._ctx.database.read(lambda tx: lists.by_handles(tx, creator, wanted))
        unknown = [handle for handle in wanted if handle not in known]
        there = await self._there.with_handles(creator, unknown) if unknown else {}
        found = {**there, **known}
        matched = [found[handle] for handle in wanted if handle in found]
        return matched, [said for handle, said in wanted.items() if handle not in found]

    async def _spent(self, creator: CreatorId, least: Cents, days: int | None) -> ListQueryResult:
        now = self._ctx.clock.now()
        since = now - days * _DAY if days is not None else 0

        async def work(tx: Transaction) -> tuple[Collection[FanId], Millis | None]:
            payers = await spending.of_fans(tx, creator, since=since, least=least, now=now)
            whose = await self._pseudonyms.whose(tx, creator, frozenset(payers))
            return whose.values(), await spending.known_since(tx, creator)

        fans, first = await self._ctx.database.read(work)
        # Translators: stand in “Paid $100 or more in the last 30 days, …, as far as we know since (day).”
        within = tr_many(" in the last {n} day", " in the last {n} days", days) if days is not None else ""
        known = tr(" since <t:{first}:D>", first=first // 1000) if first is not None else ""
        words = tr(
            "Paid {least} or more{within}, refunds deducted, as far as we know{known}.",
            least=money(least),
            within=within,
            known=known,
        )
        return ListQueryResult(tuple(fans), words)

    async def _bought(self, creator: CreatorId, item: MediaId) -> ListQueryResult:
        fans = await self._ctx.database.read(lambda tx: received.buyers(tx, creator, item))
        return ListQueryResult(
            tuple(fans), tr("Bought the item `{item}` in a chat, as far as we saw.", item=safe(item))
        )

    async def _expired(self, creator: CreatorId, days: int) -> ListQueryResult:
        now = self._ctx.clock.now()
        if days:
            fans = await self._ctx.database.read(
                lambda tx: lists.lapsed(tx, creator, since=now - days * _DAY)
            )
            return ListQueryResult(
                tuple(fans),
                tr_many(
                    "Their subscription ended in the last {n} day and did not start again, as far as we saw.",
                    "Their subscription ended in the last {n} days and did not start again, as "
                    "far as we saw.",
                    days,
                ),
            )
        found, whole = await self._there.expired(creator)
        words = tr("On Fanvue's own list of expired subscribers, as of <t:{now}:f>.", now=now // 1000)
        if not whole:
            first = number_text(len(found))
            words += " " + tr("It is longer than we read: these are the first {number}.", number=first)
        return ListQueryResult(tuple(found), words)
