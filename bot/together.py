"""How this process stands to its database: alone, or as one of several."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.config import Settings
from bot.fanvue.budget import Share
from bot.guild.identify import IdentifyBudget
from bot.relay.catching_up import Holding
from bot.relay.dispatch import Driver, InProcess
from bot.relay.flights import ALONE as NOBODY_ELSE
from bot.relay.flights import Crew, Flights
from bot.relay.ports import Clock
from bot.relay.retry import Waits
from bot.roles import ALONE, Role, Roles
from bot.sharding.seat import Seat
from bot.supervision import Duty
from storage.database import Database
from storage.errors import DriverMissing

_PACKAGES = {"procrastinate", "psycopg", "psycopg_pool"}


async def _nothing() -> None:
    pass


async def _is_first() -> bool:
    return True


def _no_more(_flights: Flights) -> list[Duty]:
    return []


def _as_it_is(duty: Duty) -> Duty:
    return duty


@dataclass(frozen=True, kw_only=True)
class Together:
    """What is otherwise where several share the work; by default a process is alone."""

    dispatch: Driver
    roles: Roles = ALONE
    crew: Crew = NOBODY_ELSE
    first: bool = True  # it begins the run; others wait until it has called `came_in`, or `stands_by`
    came_in: Callable[[], Awaitable[None]] = _nothing
    stands_by: Callable[[], Awaitable[None]] = _nothing
    begins: Callable[[], Awaitable[bool]] = _is_first  # after `stands_by`: whether it begins the run now
    once: Callable[[Duty], Duty] = _as_it_is  # of all processes one runs it
    once_a_bot: Callable[[Duty], Duty] = _as_it_is  # of all processes of this bot one runs it
    duties: Callable[[Flights], list[Duty]] = _no_more  # what being one of several takes; after `once`
    fanvue: Share | None = None
    discord: Callable[[], Awaitable[float]] | None = None
    catching_up: Holding | None = None
    seat: Seat | None = None  # of a gateway: the session with Discord, which another may have
    identifies: IdentifyBudget | None = None


def name_of(roles: Roles) -> str | None:
    """How this process is called among several, another one at each start; None: it is alone."""
    return None if roles.alone else os.urandom(16).hex()


async def together(
    settings: Settings, roles: Roles, name: str | None, database: Database, *, clock: Clock, waits: Waits
) -> Together:
    """Come to those that share the database. Raises DatabaseInUse, DriverMissing."""
    if name is None:
        return Together(dispatch=InProcess(clock=clock))
    try:
        # Only who uses them needs their packages.
        from bot.dispatching import opened  # noqa: PLC0415
        from bot.sharding import opened as sharding  # noqa: PLC0415
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise DriverMissing(
            "--role needs packages that are not installed. In a checkout: ./run extra postgres. Elsewhere: "
            "pip install 'fanvue-bridge[postgres]'"
        ) from error
    application = settings.discord_application_id
    member = await opened.join(
        database,
        name,
        url=settings.database_url,
        clock=clock,
        waits=waits,
        divisor=settings.window_divisor,
        application=application,
    )
    return Together(
        roles=roles,
        dispatch=member.driver,
        crew=member.crew,
        first=member.first,
        came_in=member.came_in,
        stands_by=member.stands_by,
        begins=member.begins,
        once=member.shifts.once,
        once_a_bot=partial(member.shifts.once, of_bot=True),
        duties=partial(member.duties, works=Role.WORKER in roles),
        fanvue=member.shares.take,
        discord=member.turn,
        catching_up=member.catching_up,
        seat=sharding.open_seat(database, settings.database_url, application=application, token=name)
        if Role.GATEWAY in roles
        else None,
        identifies=sharding.open_budget(database, application=application, divisor=settings.window_divisor),
    )
