"""Builds what keeps promises, and what reminds of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.notes.thread_work import FanThreadWork, Listener
from bot.features.inbox.promises.change_service import PromiseChangeService
from bot.features.inbox.promises.departure_service import PromiseDepartureService
from bot.features.inbox.promises.effects import PromiseReminderHandler
from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.inbox.promises.service import PromiseService
from bot.features.inbox.promises.source_service import PromiseSourceService
from bot.features.inbox.promises.tasks import PromiseReminderTask
from bot.features.people.offboarding.parts import OFFBOARDING_PARTS
from bot.features.signals import FAN_CHANGED
from bot.relay.context import Context
from bot.relay.pings import PingPort, PingRemovalPort
from storage.inbox.promises import REMIND


@dataclass(frozen=True)
class PromisesFeature:
    """The parts that the rest of the program speaks to."""

    keeping: PromiseService
    listing: PromiseListService
    marking: PromiseSourceService
    leaving: PromiseDepartureService
    watching: PromiseReminderTask
    on: Context

    def handlers(self, discord: PingRemovalPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the promises' own; what takes one away is the relay's."""
        on = self.on
        remind = PromiseReminderHandler(
            database=on.database, discord=discord, calling=calling, clock=on.clock, waits=on.waits
        )
        return {REMIND: remind}


def make_promises(on: Context, shown: Listener) -> PromisesFeature:
    """`shown`: shows what a fan was promised."""
    about = FanThreadWork(database=on.database, trail=on.effects.trail)
    changing = PromiseChangeService(effects=on.effects, sealer=on.sealer, clock=on.clock, shown=shown)
    keeping = PromiseService(
        database=on.database, about=about, changing=changing, sealer=on.sealer, clock=on.clock, ids=on.ids
    )
    return PromisesFeature(
        keeping,
        PromiseListService(database=on.database, sealer=on.sealer),
        PromiseSourceService(about=about, effects=on.effects),
        PromiseDepartureService(changing),
        PromiseReminderTask(database=on.database, effects=on.effects, clock=on.clock),
        on,
    )


def build(ctx: FeatureContext) -> Feature:
    """Promises, on a fan's card and with reminders."""
    promises = make_promises(ctx, ctx.listeners.telling(FAN_CHANGED))
    return Feature(
        name="promises",
        parts=(promises,),
        services=(promises.keeping, promises.listing, promises.marking),
        effects=lambda on: promises.handlers(on.discord, on.calling),
        tasks=(promises.watching.task(divisor=ctx.divisor),),
        brings=(OFFBOARDING_PARTS.of(promises.leaving),),
    )
