"""Handler that chooses whom a waiting fan is offered to first."""

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, fan_of
from bot.features.inbox.routing.candidates import RoutingCandidates
from bot.features.inbox.routing.offers import RoutingOffers
from bot.features.inbox.routing.rule_book import RoutingRuleBook
from bot.features.inbox.routing.rules import RoutingRule
from bot.features.inbox.routing.scheduling import is_paused
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import routing_offers
from storage.inbox.routing_offers import RoutingOffer
from storage.records import DiscordId, Effect, EffectState


class RoutingOfferHandler(EffectHandler):
    """It asks Discord, and changes nothing there: repeating it asks once more."""

    on_server = False

    def __init__(
        self, ctx: Context, *, book: RoutingRuleBook, offers: RoutingOffers, candidates: RoutingCandidates
    ) -> None:
        self._ctx = ctx
        self._book = book
        self._offers = offers
        self._candidates = candidates

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Choose; where nobody fits, everybody is offered the fan at once."""
        without = body.get("without")

        async def work(tx: Transaction) -> tuple[RoutingOffer | None, RoutingRule | None]:
            offer = await self._choosing(tx, effect)
            return offer, await self._rule(tx, offer) if offer is not None else None

        offer, rule = await self._ctx.database.read(work)
        if offer is None:
            return Moot(msgid("Someone already answers the fan, or everyone is offered them."))
        member = None
        if rule is not None:
            now = self._ctx.clock.now()
            member = await self._candidates.choose(effect.creator, rule, now=now, without=without)

        async def then(tx: Transaction) -> None:
            await self._decide(tx, effect, rule, member, without)

        return Done(then=then)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Where it could not be chosen, nobody waits for it."""
        if state in (EffectState.REJECTED, EffectState.CANCELLED):
            offer = await self._choosing(tx, effect)
            if offer is not None:
                await self._offers.open(tx, offer)

    async def _decide(
        self,
        tx: Transaction,
        effect: Effect,
        seen: RoutingRule | None,
        member: DiscordId | None,
        without: DiscordId | None,
    ) -> None:
        """An answer, a claim or a change of the rule while Discord was asked counts."""
        offer = await self._choosing(tx, effect)
        if offer is None:
            return
        rule = await self._rule(tx, offer)
        if member is None or rule is None or rule != seen:
            await self._offers.open(tx, offer, without=without)
        else:
            await self._offers.give(tx, offer, rule, member)

    async def _choosing(self, tx: Transaction, effect: Effect) -> RoutingOffer | None:
        offer = await routing_offers.get(tx, effect.creator, fan_of(effect))
        return offer if offer is not None and offer.member is None else None

    async def _rule(self, tx: Transaction, offer: RoutingOffer) -> RoutingRule | None:
        if await is_paused(tx, offer.creator):
            return None
        return await self._book.rule(tx, offer.creator, offer.rule)
