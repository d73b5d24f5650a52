"""Offers a fan to one member first, and to everybody after that."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.features.inbox.pings.scheduling import MessagePingScheduler
from bot.features.inbox.routing.rules import RoutingRule
from bot.model.ports import Clock
from storage.database import Transaction
from storage.inbox import conversations, routing_offers
from storage.inbox.routing_offers import RoutingOffer
from storage.people import creators
from storage.records import CreatorId, DiscordId, LinkState, Millis

OffersChanged = Callable[[Transaction, CreatorId], Awaitable[None]]


class RoutingOffers:
    """Every method is part of the caller's transaction; boards are told, and pings follow."""

    def __init__(
        self, *, pings: MessagePingScheduler, changed: OffersChanged, clock: Clock, minute: Millis
    ) -> None:
        """`minute`: how long a minute of the rules is."""
        self._pings = pings
        self._changed = changed
        self._clock = clock
        self._minute = minute

    def until(self, rule: RoutingRule) -> Millis:
        """When an offer by this rule ends that begins now."""
        return self._clock.now() + rule.minutes * self._minute

    async def give(
        self, tx: Transaction, choosing: RoutingOffer, rule: RoutingRule, member: DiscordId
    ) -> None:
        """Offer the fan to this member from now on, whose next turn comes after everybody else's."""
        await routing_offers.put(tx, replace(choosing, member=member, until=self.until(rule)))
        await routing_offers.take_turn(tx, choosing.creator, member, now=self._clock.now())
        talk = await conversations.known(tx, choosing.creator, choosing.fan)
        await self._pings.routed(tx, talk, part="offered")
        await self._changed(tx, choosing.creator)

    async def open(self, tx: Transaction, offer: RoutingOffer, *, without: DiscordId | None = None) -> None:
        """Offer the fan to everybody. Whoever was offered them first was pinged already.

        `without`: who needs no ping where nobody was.
        """
        await routing_offers.end(tx, offer.creator, offer.fan)
        talk = await conversations.known(tx, offer.creator, offer.fan)
        if await is_connected(tx, offer.creator):
            await self._pings.routed(tx, talk, part="everyone", without=offer.member or without)
        await self._changed(tx, offer.creator)


async def is_connected(tx: Transaction, creator: CreatorId) -> bool:
    """Whether anybody can answer this creator's fans: without a link their threads are frozen."""
    link = await creators.open_link(tx, creator)
    return link is not None and link.state is not LinkState.UNLINKING
