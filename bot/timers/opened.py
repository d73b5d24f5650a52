"""Builds what pings a team about who waits, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.relay.pings import GONE, PingPort, PingRemovalPort, RemovePingHandler
from bot.timers.pinging import Ping
from bot.timers.setting import Setting
from bot.timers.watching import Watching
from storage.inbox.timers import PING


@dataclass(frozen=True)
class TimersOpened:
    """The parts that the rest of the program speaks to."""

    setting: Setting
    watching: Watching
    on: Context

    def deeds(self, discord: PingRemovalPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the timers' own."""
        on = self.on
        ping = Ping(database=on.database, discord=discord, calling=calling, clock=on.clock, waits=on.waits)
        return {PING: ping, GONE: RemovePingHandler(database=on.database, discord=discord)}

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for anybody to be pinged."""
        return self.watching.duty(divisor=divisor)


def open_timers(on: Context) -> TimersOpened:
    """Whoever builds it has it told of every talk that changed (`watching.changed`)."""
    setting = Setting(database=on.database, trail=on.effects.trail, clock=on.clock)
    watching = Watching(
        database=on.database, effects=on.effects, clock=on.clock, minute=int(60_000 / on.divisor)
    )
    return TimersOpened(setting, watching, on)
