"""Builds what follows published posts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.model.ports import DiscordPort
from bot.postcards.desk import Desk
from bot.postcards.following import Follows
from bot.postcards.looking import LIST, READ, LookAtPosts, ReadComments, Reading
from bot.postcards.showing import Ground as Shows
from bot.postcards.showing import OpenPost, PostComment, ShowCard, StrikeComment
from bot.postcards.there import FollowedOnFanvue
from bot.postcards.wanting import LINE, OPEN, SHOW, STRIKE, Wanting
from bot.relay.context import Context
from bot.relay.redaction import Restricted


@dataclass(frozen=True)
class Postcards:
    """The parts that the rest of the program speaks to."""

    following: Follows
    desk: Desk
    there: FollowedOnFanvue
    on: Context

    def deeds(self, discord: DiscordPort, restricted: Restricted) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of followed posts."""
        on = self.on
        wanting = Wanting(effects=on.effects, clock=on.clock, ids=on.ids)
        reading = Reading(on.database, on.effects, self.there, wanting, on.clock, on.divisor)
        shows = Shows(on.database, discord, on.effects, on.clock, on.waits, restricted, on.late)
        return {
            LIST: LookAtPosts(reading),
            READ: ReadComments(reading),
            OPEN: OpenPost(shows),
            SHOW: ShowCard(shows),
            LINE: PostComment(shows),
            STRIKE: StrikeComment(shows),
        }

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for posts to be followed."""
        return self.following.duty(divisor=divisor)


def open_postcards(on: Context, there: FollowedOnFanvue) -> Postcards:
    """`there`: posts and comments on Fanvue."""
    following = Follows(database=on.database, effects=on.effects, clock=on.clock)
    return Postcards(following, Desk(database=on.database, effects=on.effects, there=there), there, on)
