"""Ends offers whose time is over: everybody is offered the fan then."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from bot.features.inbox.routing.offers import RoutingOffers
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import routing_offers
from storage.inbox.routing_offers import RoutingOffer
from storage.records import Millis


class RoutingExpiryTask(ExpiryTask[RoutingOffer]):
    """After a standstill it ends what became too old meanwhile."""

    name = "routing"
    seconds = 5.0  # a board that still names somebody is so late at most

    def __init__(self, ctx: Context, *, offers: RoutingOffers) -> None:
        super().__init__(database=ctx.database, clock=ctx.clock)
        self._offers = offers

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[RoutingOffer]:
        """Also those of which nobody could be chosen in time."""
        return await routing_offers.over(tx, now=now, limit=limit)

    async def end(self, tx: Transaction, one: RoutingOffer, *, now: Millis) -> None:  # noqa: ARG002 - its clock
        """It is everybody's."""
        await self._offers.open(tx, one)
