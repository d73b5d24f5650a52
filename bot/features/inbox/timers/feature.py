"""Builds what pings a team about who waits, and what is said of it."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.timers import setting_rows
from bot.features.inbox.timers.effects import PingHandler
from bot.features.inbox.timers.setting import TimerSetting
from bot.features.inbox.timers.tasks import TimerPingTask
from bot.features.signals import CONVERSATION_CHANGED
from bot.model.discord_ports import MessageRemovalPort
from bot.relay.context import Context
from bot.relay.pings import GONE, PingPort, RemovePingHandler
from storage.inbox.timers import PING


class TimersFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context) -> None:
        """The caller has it told of every conversation that changed (`watching.changed`)."""
        self.setting = TimerSetting(on)
        self.watching = TimerPingTask(on, minute=int(60_000 / on.divisor))
        self.on = on

    def handlers(self, discord: MessageRemovalPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the timers' own."""
        on = self.on
        ping = PingHandler(self.on, discord=discord, calling=calling)
        return {PING: ping, GONE: RemovePingHandler(database=on.database, discord=discord)}


def build(ctx: FeatureContext) -> Feature:
    """Timers start and stop with every change of a conversation."""
    timers = TimersFeature(ctx)
    return Feature(
        name="timers",
        services=(timers.setting,),
        effects=lambda on: timers.handlers(on.discord, on.calling),
        tasks=(timers.watching.task(divisor=ctx.divisor),),
        listeners=(CONVERSATION_CHANGED.to(timers.watching.changed),),
        brings=setting_rows.ROWS,
    )
