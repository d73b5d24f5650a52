"""Builds what shows cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.discord.fan_cards import FanCards
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.fan_card.effects import FanCardHandler, FanCardPort
from bot.features.inbox.fan_card.loader import FanCardLoader
from bot.features.inbox.fan_card.scheduling import KIND, FanCardScheduler
from bot.features.inbox.fan_card.tasks import FanCardTroubleTask
from bot.features.inbox.message_replies.mode import on_the_card
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.promises.feature import PromisesFeature
from bot.features.signals import CONVERSATION_CHANGED, FACT_DECIDED, FAN_CHANGED, FAN_LEARNED
from bot.relay.context import Context


@dataclass(frozen=True)
class FanCardFeature:
    """The parts that the rest of the program speaks to."""

    ground: Context
    wanting: FanCardScheduler
    knowing: FanCardLoader
    troubles: FanCardTroubleTask

    def handlers(self, discord: FanCardPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of cards."""
        show = FanCardHandler(self.ground, discord=discord, knowing=self.knowing)
        return {KIND: show}


def build(ctx: FeatureContext) -> Feature:
    """The card hears of all that it shows."""
    wanting = FanCardScheduler(ctx, rests=ctx.waits.card, calm=ctx.waits.card_calm)
    cards = FanCardFeature(
        ground=ctx,
        wanting=wanting,
        knowing=FanCardLoader(
            clock=ctx.clock,
            names=ctx.trail.pseudonyms,
            marks=ctx.get(NotesFeature).tags.tags_of,
            owed=ctx.get(PromisesFeature).listing.on_card,
            mode=on_the_card,
        ),
        troubles=FanCardTroubleTask(database=ctx.database, wanting=wanting),
    )

    def handlers(on: DiscordPorts) -> Mapping[str, EffectHandler]:
        port = FanCards(on.direct, on.discord.own, on.discord.waking)
        return cards.handlers(ctx.points.around("cards", port))

    return Feature(
        name="fan card",
        effects=handlers,
        tasks=(cards.troubles.task(divisor=ctx.divisor),),
        listeners=(
            CONVERSATION_CHANGED.to(wanting.talked),
            FACT_DECIDED.to(wanting.happened),
            FAN_CHANGED.to(wanting.want),
            FAN_LEARNED.to(wanting.learned),
        ),
    )
