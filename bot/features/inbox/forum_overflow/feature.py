"""Builds what makes another forum when a creator's is full."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.forum_overflow.effects import ForumOverflowHandler
from bot.features.inbox.forum_overflow.scheduling import ForumOverflowScheduler
from bot.relay.context import Context
from bot.relay.forum_creation import MoreForumsPort
from storage.inbox.overflow import MORE


@dataclass(frozen=True)
class ForumOverflowFeature:
    """The parts that the rest of the program speaks to."""

    wanting: ForumOverflowScheduler
    on: Context

    def deeds(self, discord: MoreForumsPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that makes a forum."""
        on = self.on
        return {
            MORE: ForumOverflowHandler(
                database=on.database, discord=discord, effects=on.effects, clock=on.clock
            )
        }

    def duty(self) -> BackgroundTask:
        """What must run for another forum to be made."""
        return self.wanting.duty(divisor=self.on.divisor)


def open_overflow(on: Context, most: int) -> ForumOverflowFeature:
    """`most`: how many fans one forum holds."""
    return ForumOverflowFeature(
        ForumOverflowScheduler(database=on.database, effects=on.effects, clock=on.clock, most=most), on
    )
