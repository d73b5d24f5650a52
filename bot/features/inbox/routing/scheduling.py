"""Has a fan who begins to wait offered to somebody, until answered or claimed."""

from bot.engine.outbox import EffectRequest
from bot.engine.streams import routing_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.features.inbox.pings.rules import is_worth_a_ping
from bot.features.inbox.routing.offers import RoutingOffers, is_connected
from bot.features.inbox.routing.rule_book import RoutingRuleBook
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import routing_offers
from storage.inbox.routing_offers import RoutingOffer
from storage.people import pauses
from storage.people.pauses import PauseKind
from storage.records import CreatorId, DiscordId

OFFER = "routing.offer"


class RoutingScheduler:
    """Hears of every conversation that changes, as part of the transaction that changes it."""

    def __init__(self, ctx: Context, *, book: RoutingRuleBook, offers: RoutingOffers) -> None:
        self._ctx = ctx
        self._book = book
        self._offers = offers

    async def changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Nobody is forced: whoever answers or claims the fan ends the offer."""
        before, after, now = change.before, change.after, self._ctx.clock.now()
        offer = await routing_offers.get(tx, change.creator, change.fan)
        if offer is not None:
            if after.waiting_since is None or after.snoozed(now) or after.holder(now) is not None:
                await routing_offers.end(tx, change.creator, change.fan)
            return
        let_go = before.claimed_by if before is not None and after.claimed_by is None else None
        waited = before is not None and before.waiting_since is not None
        if after.last_in is None or (waited and let_go is None):
            return
        fresh = None if let_go is None else now  # a claim that ends unanswered leaves a fan who waits
        if not is_worth_a_ping(after, after.last_in, now, fresh=fresh) or await is_paused(tx, change.creator):
            return
        rule = await self._book.first(tx, change.creator, change.fan, now=now)
        if rule is not None:
            await routing_offers.put(
                tx, RoutingOffer(change.creator, change.fan, rule.id, None, self._offers.until(rule))
            )
            await self._choose(tx, change, without=let_go)

    async def _choose(
        self, tx: Transaction, change: ConversationChanged, *, without: DiscordId | None
    ) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=OFFER,
            stream=routing_stream(change.creator),
            creator=change.creator,
            fan=change.fan,
            cause=f"routing:{change.creator}:{change.fan}:{change.after.version}",
            part="offer",
            body={"without": without},
            since=change.after.last_in,
        )
        await self._ctx.effects.add(tx, wanted)


async def is_paused(tx: Transaction, creator: CreatorId) -> bool:
    """Whether nobody can answer this creator's fans now."""
    stops = [one for one in await pauses.about(tx, creator) if one.kind is not PauseKind.MEMBER]
    return bool(stops) or not await is_connected(tx, creator)
