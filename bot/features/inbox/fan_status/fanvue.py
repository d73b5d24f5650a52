"""Reads fans' status with a creator from Fanvue, many at once."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.figures import FanInsights
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.read_cache import ReadCache
from bot.model.acting_account import Identity
from bot.model.ports import Beside, Clock
from storage.records import CreatorId, FanId

AT_ONCE = 20


class FanvueFanStatus(CreatorCalls):
    """Raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, clock: Clock) -> None:
        """`identity` says whose account speaks for a creator."""
        super().__init__(fanvue, identity)
        self._told: ReadCache[tuple[CreatorId, FanId], FanInsights] = ReadCache(clock)
        self._turns: defaultdict[CreatorId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, creator: CreatorId, fan: FanId, beside: Beside) -> FanInsights:
        """One fan; `beside`: who is asked for next, with the same request."""
        async with self._turns[creator]:
            told = self._told.take((creator, fan))
            if told is not None:
                return told
            others = [one for one in await beside() if one != fan][: AT_ONCE - 1]
            api = await self._api(creator, RequestLane.CARD)
            with as_outcomes(reading=True):
                return await self._asked(api, creator, fan, others)

    async def _asked(
        self, api: IdentityApi, creator: CreatorId, fan: FanId, others: Sequence[FanId]
    ) -> FanInsights:
        if others:
            for one, told in (await api.money.fans([fan, *others])).items():
                self._told.put((creator, one), told)
        return self._told.take((creator, fan)) or await api.money.fan(fan)
