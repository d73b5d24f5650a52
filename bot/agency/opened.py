"""Builds what lets members work through their own Fanvue accounts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.agency.choosing import Choosing
from bot.agency.desk import Desk
from bot.agency.reaching import Reaching
from bot.agency.standing_in import StandingIn
from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.relay.context import Context
from storage.records import CreatorId, LinkId


@dataclass(frozen=True)
class Agency:
    """The parts that the rest of the program speaks to."""

    reaching: Reaching
    choosing: Choosing
    desk: Desk


def open_agency(
    on: Context, fanvue: FanvueClient, *, stand_down: Callable[[LinkId, CreatorId], Awaitable[None]]
) -> Agency:
    """Everything about accounts that manage creators. `stand_down` ends a steward's link."""
    database, clock, trail = on.database, on.clock, on.effects.trail
    reaching = Reaching(
        database=database,
        clock=clock,
        managed=lambda link: fanvue.acting(link, lane=RequestLane.REFRESH).creators(),
        stand_down=stand_down,
    )
    fanvue.on_doubt = reaching.doubt
    standing_in = StandingIn(
        database=database,
        effects=on.effects,
        dispatch=on.dispatch,
        clock=clock,
        ids=on.ids,
        serving=on.serving,
    )
    return Agency(
        reaching=reaching,
        choosing=Choosing(database=database, reaching=reaching, trail=trail, clock=clock),
        desk=Desk(database=database, standing_in=standing_in),
    )
