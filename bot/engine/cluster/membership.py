"""Builds what a process needs that works together with others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.engine.cluster import admission
from bot.engine.cluster.driver import ProcrastinateDriver
from bot.engine.cluster.processes import ClusterProcesses, looking_task
from bot.engine.cluster.rate_limits import DISCORD, FANVUE, SharedRateLimits
from bot.engine.cluster.shared_catch_up import SharedCatchUpHold
from bot.engine.cluster.task_leases import TaskLeases
from bot.engine.in_flight import InFlightAttempts
from bot.engine.retry import RetryWaits
from bot.engine.supervision import BackgroundTask
from bot.model.ports import Clock
from storage.database import Database
from storage.engine.discord_routes import RouteCall
from storage.engine.rate_limit_buckets import BucketLimit

_LIMIT = 60.0


@dataclass(frozen=True, kw_only=True)
class ClusterMembership:
    driver: ProcrastinateDriver
    crew: ClusterProcesses
    shifts: TaskLeases
    shares: SharedRateLimits
    catching_up: SharedCatchUpHold
    first: bool
    application: int
    came_in: Callable[[], Awaitable[None]]
    stands_by: Callable[[], Awaitable[None]]
    begins: Callable[[], Awaitable[bool]]

    async def turn(self, call: RouteCall | None) -> float:
        """See `bot.discord.request_pace.RequestPace`."""
        return await self.shares.turn(self.application, call)

    def tasks(self, flights: InFlightAttempts, *, works: bool) -> list[BackgroundTask]:
        """The background tasks of a member; `works`: it drains streams. Another one writes hints down."""
        if works:
            return [self.shifts.task(), looking_task(flights, self.driver)]
        return [BackgroundTask("hints", self.driver.pass_on, _LIMIT)]


async def join(
    database: Database,
    me: str,
    *,
    url: str,
    clock: Clock,
    waits: RetryWaits,
    divisor: float,
    application: int,
) -> ClusterMembership:
    """Come in under this name. `divisor`: by how much the windows of both networks are shorter."""
    first = await admission.join(database, me)
    driver = ProcrastinateDriver(database=database, url=url, clock=clock, application=application)
    return ClusterMembership(
        driver=driver,
        crew=ClusterProcesses(me),
        shifts=TaskLeases(database=database, me=me, application=application),
        shares=SharedRateLimits(
            database, fanvue=_quicker(FANVUE, divisor), discord=_quicker(DISCORD, divisor)
        ),
        catching_up=SharedCatchUpHold(database=database, dispatch=driver, clock=clock, waits=waits),
        first=first,
        application=application,
        came_in=partial(admission.came_in, database, me),
        stands_by=partial(admission.stands_by, database, me),
        begins=partial(admission.begins, database, me),
    )


def _quicker(limit: BucketLimit, divisor: float) -> BucketLimit:
    return replace(limit, per_second=limit.per_second * divisor)
