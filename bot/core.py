"""What nearly every part is built with: database, keys, clock, effects, desk."""

import os
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bot import keeping
from bot.accounts.keyring import Keyring
from bot.config import Settings
from bot.desk.opened import Desk, Ground, open_desk
from bot.failpoints import Failpoints, from_environment
from bot.guild.gateway import GatewayFailed
from bot.metrics import Metrics
from bot.relay.clock import SystemClock, SystemIds
from bot.relay.commands import Commands
from bot.relay.dispatch import InProcess
from bot.relay.effects import Effects
from bot.relay.retry import Waits
from bot.supervision import Supervisor
from bot.waits import waits_of
from storage.connect import open_database, site_of
from storage.database import Database
from storage.errors import DatabaseInUse, DatabaseUnreachable
from storage.records import Millis


@dataclass
class Core:
    """What nearly every part is built with."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: SystemClock
    ids: SystemIds
    dispatch: InProcess
    effects: Effects
    commands: Commands
    waits: Waits
    metrics: Metrics
    rng: random.Random
    desk: Desk
    supervisor: Supervisor
    points: Failpoints
    kept: Callable[[], Awaitable[None]]  # lasts as long as no other process has the database
    apart: bool  # the database is on a server, and not on this machine's disk
    restored: Millis | None  # since when a restored database waits for the operator's word (R19)


async def core_of(settings: Settings, stack: AsyncExitStack) -> Core:
    """Open the database and what is made of it; `stack` closes it. Raises what opening raises."""
    clock, ids = SystemClock(), SystemIds()
    keyring = keeping.keyring_of(settings)
    settings.state_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    points = from_environment(os.environ)
    opened = await open_database(settings.database_url, now=clock.now())
    stack.push_async_callback(opened.close)
    database = points.around_commits(opened)
    site = site_of(settings.database_url)
    restored = await keeping.begin(database, keyring, site.side(database), clock=clock, ids=ids)
    dispatch = InProcess(clock=clock)
    derived = await keeping.derived_ids(database, keyring, ids)
    effects = Effects(sealer=keyring, dispatch=dispatch, clock=clock, ids=derived)
    waits = waits_of(settings)
    metrics = Metrics()
    return Core(
        settings=settings,
        database=database,
        keyring=keyring,
        clock=clock,
        ids=ids,
        dispatch=dispatch,
        effects=effects,
        commands=Commands(database=database, sealer=keyring, effects=effects, clock=clock, ids=ids),
        waits=waits,
        metrics=metrics,
        rng=random.SystemRandom(),
        desk=open_desk(
            Ground(
                database=database,
                effects=effects,
                dispatch=dispatch,
                clock=clock,
                ids=ids,
                waits=waits,
                metrics=metrics,
                hashed=keyring.hashed,
            )
        ),
        supervisor=Supervisor(
            fatal=(GatewayFailed, DatabaseInUse), passing=(DatabaseUnreachable,), crashed=metrics.crashed
        ),
        points=points,
        kept=opened.kept,
        apart=site.file is None,
        restored=restored,
    )
