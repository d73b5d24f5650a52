"""Builds what a process needs that works together with others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.dispatching import joining
from bot.dispatching.catching_up import SharedCatchingUp
from bot.dispatching.crew import Members, duty
from bot.dispatching.driver import Procrastinating
from bot.dispatching.shares import DISCORD, FANVUE, Shares
from bot.dispatching.shifts import Shifts
from bot.relay.flights import Flights
from bot.relay.ports import Clock
from bot.relay.retry import Waits
from bot.supervision import Duty
from storage.database import Database
from storage.engine.discord_routes import RouteCall
from storage.engine.rate_limit_buckets import BucketLimit

_LIMIT = 60.0


@dataclass(frozen=True, kw_only=True)
class Joined:
    """One of several."""

    driver: Procrastinating
    crew: Members
    shifts: Shifts
    shares: Shares
    catching_up: SharedCatchingUp
    first: bool
    application: int
    came_in: Callable[[], Awaitable[None]]
    stands_by: Callable[[], Awaitable[None]]
    begins: Callable[[], Awaitable[bool]]

    async def turn(self, call: RouteCall | None) -> float:
        """See `bot.guild.pace.Pace`."""
        return await self.shares.turn(self.application, call)

    def duties(self, flights: Flights, *, works: bool) -> list[Duty]:
        """What must run in it; `works`: it drains streams. Who does not writes down what is hinted at."""
        if works:
            return [self.shifts.duty(), duty(flights, self.driver)]
        return [Duty("hints", self.driver.pass_on, _LIMIT)]


async def join(
    database: Database,
    me: str,
    *,
    url: str,
    clock: Clock,
    waits: Waits,
    divisor: float,
    application: int,
) -> Joined:
    """Come in under this name. `divisor`: by how much the windows of both networks are shorter."""
    first = await joining.join(database, me)
    driver = Procrastinating(database=database, url=url, clock=clock, application=application)
    return Joined(
        driver=driver,
        crew=Members(me),
        shifts=Shifts(database=database, me=me, application=application),
        shares=Shares(database, fanvue=_quicker(FANVUE, divisor), discord=_quicker(DISCORD, divisor)),
        catching_up=SharedCatchingUp(database=database, dispatch=driver, clock=clock, waits=waits),
        first=first,
        application=application,
        came_in=partial(joining.came_in, database, me),
        stands_by=partial(joining.stands_by, database, me),
        begins=partial(joining.begins, database, me),
    )


def _quicker(limit: BucketLimit, divisor: float) -> BucketLimit:
    return replace(limit, per_second=limit.per_second * divisor)
