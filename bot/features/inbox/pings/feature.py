"""Builds what makes a member's phone ring when a fan writes."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.pings import setting_rows
from bot.features.inbox.pings.effects import MessagePingHandler, PingOfferHandler
from bot.features.inbox.pings.scheduling import MessagePingScheduler
from bot.features.inbox.pings.service import PingSetting
from bot.features.signals import CONVERSATION_CHANGED, GRANTED
from bot.model.ports import DiscordPort
from bot.relay.context import Context
from bot.relay.pings import AlertPingHandler, PingPort
from storage.inbox.pings import MESSAGE_PING, PING_OFFER


class PingsFeature:
    """What hears of messages, what members set, and what pings."""

    def __init__(self, on: Context) -> None:
        """The caller has it told of every conversation that changed (`scheduler.changed`)."""
        self.setting = PingSetting(on)
        self.scheduler = MessagePingScheduler(on)
        self.on = on

    def handlers(self, discord: DiscordPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are its own; a timer's handler takes pings away."""
        kinds: Mapping[str, type[AlertPingHandler]] = {
            MESSAGE_PING: MessagePingHandler,
            PING_OFFER: PingOfferHandler,
        }
        return {kind: handler(self.on, discord=discord, calling=calling) for kind, handler in kinds.items()}


def build(ctx: FeatureContext) -> Feature:
    """Nobody is pinged who did not ask for it."""
    pings = PingsFeature(ctx)
    return Feature(
        name="pings",
        services=(pings.setting,),
        effects=lambda on: pings.handlers(on.discord, on.calling),
        listeners=(
            CONVERSATION_CHANGED.to(pings.scheduler.changed),
            GRANTED.to(pings.scheduler.granted),
        ),
        brings=setting_rows.ROWS,
    )
