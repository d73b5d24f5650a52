"""Ends offers to a member who leaves a team, and rules that name them."""

from collections.abc import Sequence

from bot.features.inbox.routing import texts
from bot.features.inbox.routing.offers import RoutingOffers
from bot.features.people.offboarding.parts import TeamDeparture
from storage.database import Transaction
from storage.inbox import routing_lists, routing_offers, routing_rules


class RoutingDepartureService:
    """Their fans are everybody's at once."""

    def __init__(self, offers: RoutingOffers) -> None:
        self._offers = offers

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Return a line for the person who ordered it."""
        member = parting.member.user
        for offer in await routing_offers.of_member(tx, parting.creator, member):
            await self._offers.open(tx, offer)
        await routing_offers.forget_turns(tx, parting.creator, member)
        ended = await routing_rules.remove_member(tx, parting.creator, member)
        await routing_lists.drop_unused(tx, parting.creator)
        return [texts.rules_ended(ended)] if ended else []
