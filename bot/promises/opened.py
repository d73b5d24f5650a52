"""Builds what keeps promises, and what reminds of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.notes.about import About, Listener
from bot.promises.changing import Changing
from bot.promises.keeping import Keeping
from bot.promises.leaving import Leaving
from bot.promises.listing import Listing
from bot.promises.marking import Marking
from bot.promises.reminding import Remind
from bot.promises.watching import Watching
from bot.relay.context import Context
from bot.relay.pings import PingPort, PingRemovalPort
from storage.inbox.promises import REMIND


@dataclass(frozen=True)
class Promises:
    """The parts that the rest of the program speaks to."""

    keeping: Keeping
    listing: Listing
    marking: Marking
    leaving: Leaving
    watching: Watching
    on: Context

    def deeds(self, discord: PingRemovalPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the promises' own; what takes one away is the relay's."""
        on = self.on
        remind = Remind(
            database=on.database, discord=discord, calling=calling, clock=on.clock, waits=on.waits
        )
        return {REMIND: remind}

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for anybody to be reminded."""
        return self.watching.duty(divisor=divisor)


def open_promises(on: Context, shown: Listener) -> Promises:
    """`shown`: whoever shows what a fan was promised."""
    about = About(database=on.database, trail=on.effects.trail)
    changing = Changing(effects=on.effects, sealer=on.sealer, clock=on.clock, shown=shown)
    keeping = Keeping(
        database=on.database, about=about, changing=changing, sealer=on.sealer, clock=on.clock, ids=on.ids
    )
    return Promises(
        keeping,
        Listing(database=on.database, sealer=on.sealer),
        Marking(about=about, effects=on.effects),
        Leaving(changing),
        Watching(database=on.database, effects=on.effects, clock=on.clock),
        on,
    )
