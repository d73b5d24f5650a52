"""Builds what pings a team about who waits, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.relay.deeds import Deed
from bot.relay.ground import Ground
from bot.relay.pinging import GONE, CallingPort, TakingPort, Unping
from bot.supervision import Duty
from bot.timers.pinging import Ping
from bot.timers.setting import Setting
from bot.timers.watching import Watching
from storage.inbox.timers import PING


@dataclass(frozen=True)
class TimersOpened:
    """The parts that the rest of the program speaks to."""

    setting: Setting
    watching: Watching
    on: Ground

    def deeds(self, discord: TakingPort, calling: CallingPort) -> Mapping[str, Deed]:
        """The kinds of effects that are the timers' own."""
        on = self.on
        ping = Ping(database=on.database, discord=discord, calling=calling, clock=on.clock, waits=on.waits)
        return {PING: ping, GONE: Unping(database=on.database, discord=discord)}

    def duty(self, *, divisor: float) -> Duty:
        """What must run for anybody to be pinged."""
        return self.watching.duty(divisor=divisor)


def open_timers(on: Ground) -> TimersOpened:
    """Whoever builds it has it told of every talk that changed (`watching.changed`)."""
    setting = Setting(database=on.database, trail=on.effects.trail, clock=on.clock)
    watching = Watching(
        database=on.database, effects=on.effects, clock=on.clock, minute=int(60_000 / on.divisor)
    )
    return TimersOpened(setting, watching, on)
