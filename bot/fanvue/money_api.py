"""Figures of one creator: fans' spending and income."""

from collections.abc import Mapping, Sequence

from bot.fanvue.calls import ApiCaller, flat, joined
from bot.fanvue.errors import RequestUnclear
from bot.fanvue.figures import EarningsSummary, FanInsights, FanvueEarningRow, TopSpender, TrendPoint
from bot.fanvue.paging import Pages, Query
from bot.fanvue.rows import answer, read
from bot.fanvue.values import iso_of
from storage.records import FanId, Millis


class MoneyApi:
    """Methods on `/insights`. A period includes `since` and excludes `until`."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def fan(self, fan: FanId) -> FanInsights:
        """Read a fan's status and spending."""
        reply = await self._caller.call(self._caller.road("fan_insights"), parts={"userUuid": fan})
        return answer(FanInsights, reply)

    async def fans(self, fans: Sequence[FanId]) -> Mapping[FanId, FanInsights]:
        """The same of up to 20; who is not told is absent."""
        query = flat(fanUuids=joined(fans))
        reply = await self._caller.call(self._caller.road("fans_insights"), query=query)
        results = reply.get("results") if isinstance(reply, dict) else None
        if not isinstance(results, dict):
            raise RequestUnclear("Fanvue's insights were not readable")
        return {FanId(fan): read(FanInsights, row) for fan, row in results.items() if isinstance(row, dict)}

    def earnings(
        self, *, since: Millis | None = None, until: Millis | None = None
    ) -> Pages[FanvueEarningRow]:
        """Every transaction of a period."""
        return self._caller.pages("earnings", FanvueEarningRow, filters=_period(since, until))

    def spending(
        self, *, since: Millis | None = None, until: Millis | None = None
    ) -> Pages[FanvueEarningRow]:
        """Refunds and chargebacks; only for where `earnings` is unversioned: on v1 they are in its rows."""
        return self._caller.pages("spending", FanvueEarningRow, filters=_period(since, until))

    def subscribers(self, *, since: Millis | None = None, until: Millis | None = None) -> Pages[TrendPoint]:
        """Read numbers of begun and cancelled subscriptions, by UTC day."""
        return self._caller.pages("subscriber_trend", TrendPoint, filters=_period(since, until))

    async def summary(self, *, since: Millis | None = None, until: Millis | None = None) -> EarningsSummary:
        """Fanvue's own sums, up to 10 minutes old and without reversals."""
        way = self._caller.road("earnings_summary")
        return answer(EarningsSummary, await self._caller.call(way, query=_period(since, until)))

    def top_spenders(self, *, since: Millis | None = None, until: Millis | None = None) -> Pages[TopSpender]:
        """The fans who spent most, most first."""
        return self._caller.pages("top_spenders", TopSpender, filters=_period(since, until))


def _period(since: Millis | None, until: Millis | None) -> Query:
    return flat(
        startDate=None if since is None else iso_of(since),
        endDate=None if until is None else iso_of(until),
    )
