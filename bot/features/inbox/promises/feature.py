"""Builds what keeps promises, and what reminds of them."""

from collections.abc import Mapping

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
from bot.model.discord_ports import MessageRemovalPort
from bot.relay.context import Context
from bot.relay.pings import PingPort
from storage.inbox.promises import REMIND


class PromisesFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, shown: Listener) -> None:
        """`shown`: shows what a fan was promised."""
        about = FanThreadWork(on)
        changing = PromiseChangeService(on, shown=shown)
        self.keeping = PromiseService(on, about=about, changing=changing)
        self.listing = PromiseListService(on)
        self.marking = PromiseSourceService(about=about, effects=on.effects)
        self.leaving = PromiseDepartureService(changing)
        self.watching = PromiseReminderTask(on)
        self.on = on

    def handlers(self, discord: MessageRemovalPort, calling: PingPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the promises' own; what takes one away is the relay's."""
        remind = PromiseReminderHandler(self.on, discord=discord, calling=calling)
        return {REMIND: remind}


def build(ctx: FeatureContext) -> Feature:
    """Promises, on a fan's card and with reminders."""
    promises = PromisesFeature(ctx, ctx.listeners.telling(FAN_CHANGED))
    return Feature(
        name="promises",
        parts=(promises,),
        services=(promises.keeping, promises.listing, promises.marking),
        effects=lambda on: promises.handlers(on.discord, on.calling),
        tasks=(promises.watching.task(divisor=ctx.divisor),),
        brings=(OFFBOARDING_PARTS.of(promises.leaving),),
    )
