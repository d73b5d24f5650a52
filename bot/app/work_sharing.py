"""The process's relation to its database: alone, or one of several."""

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.discord.identify_budget import IdentifyBudget
from bot.discord.request_pace import Share as DiscordShare
from bot.engine.catch_up_hold import CatchUpHold
from bot.engine.dispatch import InProcessDriver, StreamDriver
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.in_flight import InFlightAttempts, WorkerCrew
from bot.engine.metrics import BridgeMetrics
from bot.engine.process_roles import ProcessRole, ProcessRoles
from bot.engine.retry import RetryWaits
from bot.engine.supervision import BackgroundTask
from bot.fanvue.budget import Share
from bot.model.ports import Clock
from bot.model.shards import Own, whole
from bot.settings.model import Settings
from storage.database import Database
from storage.errors import DriverMissing

if TYPE_CHECKING:
    from bot.engine.cluster.membership import ClusterMembership
    from bot.engine.cluster.shard_lease import ShardLease

_PACKAGES = {"procrastinate", "psycopg", "psycopg_pool"}


async def _nothing() -> None:
    pass


async def _is_first() -> bool:
    return True


def _no_more(_flights: InFlightAttempts) -> list[BackgroundTask]:
    return []


def _as_it_is(task: BackgroundTask) -> BackgroundTask:
    return task


@dataclass(frozen=True, kw_only=True)
class WorkSharing:
    """The differences where several share the work; the rest is as in a process that is alone."""

    dispatch: StreamDriver
    roles: ProcessRoles
    crew: WorkerCrew
    first: bool = True  # it begins the run; others wait until it has called `came_in`, or `stands_by`
    came_in: Callable[[], Awaitable[None]] = _nothing
    stands_by: Callable[[], Awaitable[None]] = _nothing
    begins: Callable[[], Awaitable[bool]] = _is_first  # after `stands_by`: whether it begins the run now
    once: Callable[[BackgroundTask], BackgroundTask] = _as_it_is  # of all processes one runs it
    once_a_bot: Callable[[BackgroundTask], BackgroundTask] = (
        _as_it_is  # of all processes of this bot one runs it
    )
    tasks: Callable[[InFlightAttempts], list[BackgroundTask]] = (
        _no_more  # what being one of several takes; after `once`
    )
    fanvue: Share | None = None
    discord: DiscordShare | None = None
    catching_up: CatchUpHold | None = None
    seat: "ShardLease | None" = None  # of a gateway: the session with Discord, which another may have
    identifies: IdentifyBudget | None = None

    @property
    def shard(self) -> Own:
        """Of which servers this process hears; a gateway knows it once it speaks for the bot."""
        return whole if self.seat is None else self.seat.shard


def name_of(roles: ProcessRoles) -> str | None:
    """Return this process's name among several, another one at each start; None: it is alone."""
    return None if roles.alone else os.urandom(16).hex()


async def together(
    settings: Settings,
    roles: ProcessRoles,
    name: str | None,
    database: Database,
    *,
    clock: Clock,
    waits: RetryWaits,
    metrics: BridgeMetrics,
) -> WorkSharing:
    """Come to those that share the database. Raises DatabaseInUse, DriverMissing."""
    if name is None:
        driver = InProcessDriver(clock=clock, divisor=settings.window_divisor)
        return WorkSharing(dispatch=driver, roles=roles, crew=NOBODY_ELSE)
    with _packages():
        # Only who uses them needs their packages.
        from bot.app import shard_sessions as sharding  # noqa: PLC0415
        from bot.engine.cluster import membership  # noqa: PLC0415
    url, application = settings.database_url, settings.discord_application_id
    divisor = settings.window_divisor
    member = await membership.join(
        database, name, url=url, clock=clock, waits=waits, divisor=divisor, application=application
    )
    seat = _seat(settings, name, database, metrics) if ProcessRole.GATEWAY in roles else None
    budget = sharding.open_budget(database, seat, application=application, divisor=divisor)
    return _one_of_several(member, roles, seat, budget)


def _one_of_several(
    member: "ClusterMembership", roles: ProcessRoles, seat: "ShardLease | None", budget: IdentifyBudget
) -> WorkSharing:
    return WorkSharing(
        roles=roles,
        dispatch=member.driver,
        crew=member.crew,
        first=member.first,
        came_in=member.came_in,
        stands_by=member.stands_by,
        begins=member.begins,
        once=member.shifts.once,
        once_a_bot=partial(member.shifts.once, of_bot=True),
        tasks=partial(member.tasks, works=ProcessRole.WORKER in roles),
        fanvue=member.shares.take,
        discord=member.turn,
        catching_up=member.catching_up,
        seat=seat,
        identifies=budget,
    )


@contextmanager
def _packages() -> Iterator[None]:
    """Raise DriverMissing, which says how to get it, where a package is missing."""
    try:
        yield
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise DriverMissing(
            "--role needs packages that are not installed. In a checkout: ./run extra postgres. Elsewhere: "
            "pip install 'fanvue-discord-bridge[postgres]'"
        ) from error


def _seat(settings: Settings, name: str, database: Database, metrics: BridgeMetrics) -> "ShardLease":
    from bot.app.shard_sessions import open_seat  # noqa: PLC0415 - see above

    return open_seat(
        database,
        settings.database_url,
        application=settings.discord_application_id,
        token=name,
        count=settings.discord_shards,
        missing=metrics.sessions_missing,
    )
