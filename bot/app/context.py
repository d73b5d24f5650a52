"""The context of nearly every part: database, keys, clock, effects, settings."""

import os
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bot.app import maintenance
from bot.app.retry_waits import waits_of
from bot.app.work_sharing import WorkSharing, name_of, together
from bot.discord.gateway import GatewayFailed
from bot.engine.clock import SystemClock, SystemIds
from bot.engine.commands import Commands
from bot.engine.dispatch import StreamDriver
from bot.engine.failpoints import Failpoints, from_environment
from bot.engine.guild_routing import GuildRouting, serving_of
from bot.engine.instance_lock import BotInUse
from bot.engine.listeners import Listeners
from bot.engine.metrics import BridgeMetrics
from bot.engine.outbox import Effects
from bot.engine.process_roles import ProcessRoles
from bot.engine.retry import RetryWaits
from bot.engine.supervision import Supervisor
from bot.engine.tracing import Tracing
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.features.inbox.conversations.service import ConversationService
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.features.operations.telemetry.service import open_tracing
from bot.features.people.accounts.keyring import Keyring
from bot.features.signals import CONVERSATION_CHANGED, FAN_ANSWERED, FAN_CHANGED
from bot.model.ports import Clock, Ids
from bot.model.version import version
from bot.relay.context import Context
from bot.settings.model import Settings
from storage.database import Database
from storage.engine.connect import open_database, site_of
from storage.engine.signed_database import SignedDatabase
from storage.engine.site import Site
from storage.errors import DatabaseInUse, DatabaseUnreachable, ShardsDiffer
from storage.records import DiscordId, Millis
from storage.signer import Signer


@dataclass(frozen=True, kw_only=True)
class AppContext(Context):
    """The features' context, and the parts that only wiring needs."""

    settings: Settings
    sealer: Keyring
    dispatch: StreamDriver
    together: WorkSharing
    metrics: BridgeMetrics
    tracing: Tracing
    rng: random.Random
    changes: ConversationChanges
    listeners: Listeners
    supervisor: Supervisor
    points: Failpoints
    kept: Callable[[], Awaitable[None]]  # lasts as long as no other process has the database
    apart: bool  # the database is on a server, and not on this machine's disk
    restored: Millis | None  # since when a restored database waits for the operator's word (R19)

    @property
    def paused(self) -> str | None:
        """The reason to decide, send and renew nothing in this run, for a person."""
        return None if self.restored is None else maintenance.PAUSED


async def core_of(
    settings: Settings, stack: AsyncExitStack, roles: ProcessRoles, replaces: int | None
) -> AppContext:
    """Open the database and what is made of it; `stack` closes it. Raises what opening raises."""
    clock, ids, keyring = SystemClock(), SystemIds(), keyring_of(settings)
    metrics, waits = _metrics(), waits_of(settings)
    signer = RightsSigner(keyring, count=metrics.right_refused)
    store = await _opened(settings, stack, name_of(roles), clock, signer)
    database = store.database
    standing = await together(
        settings, roles, store.name, database, clock=clock, waits=waits, metrics=metrics
    )
    effects, restored = await _begun(settings, store, standing, keyring, clock, ids)
    tracing = await stack.enter_async_context(open_tracing(settings, roles, database, effects.ids.trace))
    serving = await serving_of(
        database,
        settings.discord_application_id,
        standing.shard,
        alone=roles.alone,
        replaces=replaces,
        only=frozenset(map(DiscordId, settings.discord_servers)),
        now=clock.now(),
    )
    listeners = Listeners()
    changes = ConversationChanges((listeners.telling(CONVERSATION_CHANGED),))
    return AppContext(
        database=database,
        sealer=keyring,
        effects=effects,
        commands=_commands(database, keyring, effects, ids, serving, tracing),
        serving=serving,
        dispatch=standing.dispatch,
        together=standing,
        clock=clock,
        ids=ids,
        waits=waits,
        talks=_talks(changes, listeners, waits),
        changes=changes,
        listeners=listeners,
        divisor=settings.window_divisor,
        settings=settings,
        metrics=metrics,
        tracing=tracing,
        rng=random.SystemRandom(),
        supervisor=_supervisor(metrics),
        points=store.points,
        kept=store.kept,
        apart=store.site.file is None,
        restored=restored,
    )


@dataclass(frozen=True)
class _Store:
    """The database, opened under this process's name, and what belongs to it besides its tables."""

    name: str | None
    site: Site
    points: Failpoints
    database: Database  # dies where `points` say so
    kept: Callable[[], Awaitable[None]]


_PATIENCE = 0.25  # seconds that what only dresses lines waits for a commit that it goes along with


async def _opened(
    settings: Settings, stack: AsyncExitStack, name: str | None, clock: Clock, signer: Signer
) -> _Store:
    settings.state_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    points, site = from_environment(os.environ), site_of(settings.database_url)
    opened = await open_database(settings.database_url, now=clock.now(), shared=name)
    opened.patience = _PATIENCE / settings.window_divisor
    stack.push_async_callback(opened.close)
    return _Store(name, site, points, points.around_commits(SignedDatabase(opened, signer)), opened.kept)


async def _begun(
    settings: Settings, store: _Store, standing: WorkSharing, keyring: Keyring, clock: Clock, ids: Ids
) -> tuple[Effects, Millis | None]:
    """The run begins, unless another process began it; and since when a restored database waits."""
    database, watches = store.database, settings.encryption_keys_file is not None
    side = store.site.side(database) if standing.first else None
    begun = await maintenance.begin(database, keyring, side, clock=clock, ids=ids, watches=watches)
    derived = await maintenance.derived_ids(database, keyring, ids)
    effects = Effects(sealer=keyring, dispatch=standing.dispatch, clock=clock, ids=derived, trail=begun.trail)
    return effects, begun.restored


def _talks(changes: ConversationChanges, listeners: Listeners, waits: RetryWaits) -> ConversationService:
    return ConversationService(
        changes=changes,
        clock=SystemClock(),
        lasts=waits.claim,
        heard=listeners.telling(FAN_ANSWERED),
        changed=listeners.telling(FAN_CHANGED),
    )


def _commands(
    database: Database, keyring: Keyring, effects: Effects, ids: Ids, serving: GuildRouting, tracing: Tracing
) -> Commands:
    return Commands(
        database=database,
        sealer=keyring,
        effects=effects,
        clock=SystemClock(),
        ids=ids,
        serving=serving,
        tracing=tracing,
    )


def _metrics() -> BridgeMetrics:
    metrics = BridgeMetrics()
    metrics.built(version())
    return metrics


def _supervisor(metrics: BridgeMetrics) -> Supervisor:
    return Supervisor(
        fatal=(GatewayFailed, DatabaseInUse, BotInUse, ShardsDiffer),
        passing=(DatabaseUnreachable,),
        crashed=metrics.crashed,
    )
