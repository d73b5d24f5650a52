"""Builds what offers a waiting fan to somebody first."""

from collections.abc import Mapping

from bot.discord.membership import GuildMembership
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.pings.scheduling import MessagePingScheduler
from bot.features.inbox.routing import setting_rows
from bot.features.inbox.routing.candidates import RoutingCandidates
from bot.features.inbox.routing.departure_service import RoutingDepartureService
from bot.features.inbox.routing.effects import RoutingOfferHandler
from bot.features.inbox.routing.offers import OffersChanged, RoutingOffers
from bot.features.inbox.routing.rule_book import RoutingRuleBook, TagsOf
from bot.features.inbox.routing.scheduling import OFFER, RoutingScheduler
from bot.features.inbox.routing.service import RoutingService
from bot.features.inbox.routing.tasks import RoutingExpiryTask
from bot.features.inbox.routing_lists.service import RoutingListService
from bot.features.people.offboarding.parts import OFFBOARDING_PARTS
from bot.features.signals import CONVERSATION_CHANGED, OFFERS_CHANGED
from bot.model.discord_ports import MembershipPort
from bot.relay.context import Context


class RoutingFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, tags: TagsOf, lists: RoutingListService, changed: OffersChanged) -> None:
        """The caller has it told of every conversation that changed, before pings hear of it."""
        clock = on.clock
        pings = MessagePingScheduler(on)
        self.book = RoutingRuleBook(on, tags=tags, lists=lists)
        self.offers = RoutingOffers(
            pings=pings, changed=changed, clock=clock, minute=int(60_000 / on.divisor)
        )
        self.setting = RoutingService(on, book=self.book, lists=lists, offers=self.offers)
        self.scheduler = RoutingScheduler(on, book=self.book, offers=self.offers)
        self.expiring = RoutingExpiryTask(on, offers=self.offers)
        self.leaving = RoutingDepartureService(self.offers)
        self.on = on

    def handlers(self, members: MembershipPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that is its own."""
        on = self.on
        handler = RoutingOfferHandler(
            self.on,
            book=self.book,
            offers=self.offers,
            candidates=RoutingCandidates(database=on.database, members=members),
        )
        return {OFFER: handler}


def build(ctx: FeatureContext) -> Feature:
    """Without a rule everybody is offered every fan, as ever."""
    tags = ctx.get(NotesFeature).tags.tags_of
    routing = RoutingFeature(ctx, tags, ctx.get(RoutingListService), ctx.listeners.telling(OFFERS_CHANGED))
    return Feature(
        name="routing",
        services=(routing.setting,),
        effects=lambda on: routing.handlers(GuildMembership(on.direct)),
        tasks=(routing.expiring.task(divisor=ctx.divisor),),
        listeners=(CONVERSATION_CHANGED.to(routing.scheduler.changed),),
        brings=(OFFBOARDING_PARTS.of(routing.leaving), *setting_rows.ROWS),
    )
