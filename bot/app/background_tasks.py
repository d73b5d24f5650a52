"""The background tasks of a process: its roles' own, and some that run once."""

import asyncio
import logging
from dataclasses import replace

from bot.app.program import BridgeProgram
from bot.engine.dispatch import Drain
from bot.engine.process_roles import ProcessRole, ProcessRoles
from bot.engine.supervision import BackgroundTask, Heartbeat, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.engine.told_commands import ToldCommands, ToldCommandStore
from bot.features.inbox.thread_archiving import tasks
from bot.features.inbox.thread_archiving.feature import ThreadArchivingFeature
from bot.features.operations.operator_channel.service import EVERY_SECONDS
from bot.model.errors import DeliveryFailed
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

DELIVERIES = "deliveries"
_DELIVERIES_SECONDS = 120.0  # with every place taken: longer than any one call may last
_SECRETS_SECONDS = 2.0
_LEFT_SECONDS = 5.0
_TIDY_LIMIT = 180.0  # it revokes tokens, one call after the other
_AGAIN_SECONDS = 30.0
_TOLD_SECONDS = 2.0
_PASSING = (DatabaseUnreachable,)


def tasks_of(bridge: BridgeProgram, drain: Drain) -> list[PlacedTask]:
    """Everything that runs in the background here; a hang of one of them is told within its limit."""
    standing, chosen = bridge.core.together, []
    for one in all_tasks(bridge, drain):
        where, role = one.placement, one.placement.role
        if where is TaskPlacement.EACH or (role is not None and role in standing.roles):
            chosen.append(one)
        elif role is None and ProcessRole.WORKER in standing.roles:
            share = standing.once_a_bot if where is TaskPlacement.EACH_BOT else standing.once
            chosen.append(replace(one, task=share(one.task)))
    chosen += _of_calls(bridge)
    if standing.roles.alone:
        return chosen
    among = [PlacedTask(task, TaskPlacement.WEB) for task in standing.tasks(bridge.deliveries.flights)]
    return [*chosen, *_among_others(bridge), *among]


def is_before(one: PlacedTask, roles: ProcessRoles) -> bool:
    """Whether it runs already while this process stands by for another that speaks for the bot.

    What cannot wait is whether it may go on, and all that a web does.
    """
    web = one.placement in {TaskPlacement.EACH, TaskPlacement.WEB}
    return one.stands_by or (ProcessRole.WEB in roles and web)


def all_tasks(bridge: BridgeProgram, drain: Drain) -> list[PlacedTask]:
    """As one process alone runs them; a restored database that waits has only some of them (R19)."""
    found = [*_own(bridge, drain), *bridge.features.placed_tasks(bridge.ports)]
    return found if bridge.core.restored is None else [one for one in found if one.paused]


def _own(bridge: BridgeProgram, drain: Drain) -> list[PlacedTask]:
    core, each = bridge.core, TaskPlacement.EACH
    deliveries = BackgroundTask(DELIVERIES, lambda beat: core.dispatch.run(drain, beat), _DELIVERIES_SECONDS)
    # It waits for Discord as long as it takes, which /readyz tells too.
    steps = BackgroundTask(
        "first steps", lambda _beat: _first_steps(bridge, _AGAIN_SECONDS / core.divisor), None, ends=True
    )
    kept = BackgroundTask(
        "database", lambda _beat: core.kept(), None
    )  # it looks by itself, every few seconds
    return [
        PlacedTask(deliveries, TaskPlacement.WORKER, paused=True),
        PlacedTask(steps, TaskPlacement.GATEWAY, paused=True),
        PlacedTask(kept, each, paused=True, stands_by=True),
        # Who asked was told here, and what is owed is kept in memory.
        PlacedTask(core.commands.task(divisor=core.divisor), TaskPlacement.GATEWAY, paused=True),
        PlacedTask(_sweeps(bridge)),
        *_of_operator(bridge),
    ]


def _of_operator(bridge: BridgeProgram) -> list[PlacedTask]:
    """The operator is told of each process by itself, whatever it may do just now."""
    if bridge.operator is None:
        return []
    look = periodic(EVERY_SECONDS / bridge.core.divisor, bridge.operator.look)
    task = BackgroundTask("operator", look, _TIDY_LIMIT)
    return [PlacedTask(task, TaskPlacement.EACH, paused=True, stands_by=True)]


def _sweeps(bridge: BridgeProgram) -> BackgroundTask:
    task = bridge.second.task()

    async def run(beat: Heartbeat) -> None:
        if not bridge.core.together.roles.alone:  # nobody else has begun them for this process
            await bridge.second.sweeps.begin()
        await task.run(beat)

    return BackgroundTask(task.name, run, task.limit)


def _of_calls(bridge: BridgeProgram) -> list[PlacedTask]:
    """The session with Discord, or only the right to call it."""
    roles = bridge.core.together.roles
    if ProcessRole.GATEWAY not in roles and ProcessRole.WORKER not in roles:
        return []
    # discord.py itself drops a connection without heartbeats; what it is doing is told by /readyz.
    gateway = BackgroundTask("gateway", lambda _beat: bridge.gateway.run(), None)
    return [PlacedTask(gateway, TaskPlacement.GATEWAY)]


def _among_others(bridge: BridgeProgram) -> list[PlacedTask]:
    """Return tasks that only one of several needs: one alone sees it all."""
    core, found = bridge.core, []
    if ProcessRole.WORKER in core.together.roles:
        # A refresh whose process died is repeated while Fanvue still takes it: nobody starts anew for it.
        repeat = periodic(_LEFT_SECONDS, bridge.links.tokens.recover, passing=_PASSING)
        found.append(PlacedTask(BackgroundTask("sign-ins", repeat, _TIDY_LIMIT), TaskPlacement.WORKER))
    found += _of_unheard_servers(bridge)
    if ProcessRole.WEB in core.together.roles:
        load = periodic(_SECRETS_SECONDS / core.divisor, bridge.links.hooks.load, passing=_PASSING)
        found.append(PlacedTask(BackgroundTask("webhook secrets", load, _TIDY_LIMIT), TaskPlacement.WEB))
    return found


def _of_unheard_servers(bridge: BridgeProgram) -> list[PlacedTask]:
    """No event tells this process which threads are awake on servers that others hear of."""
    roles, room = bridge.core.together.roles, bridge.features.get(ThreadArchivingFeature).room

    def hears_of(server: DiscordId) -> bool:
        return ProcessRole.GATEWAY in roles and bridge.core.serving.shard().hears_of(server)

    if ProcessRole.GATEWAY in roles and bridge.core.settings.discord_shards == 1:
        return []
    if ProcessRole.GATEWAY not in roles and ProcessRole.WORKER not in roles:
        return []
    read = bridge.bot.discord.waking.read
    task = tasks.reading_task(room, read, hears_of, divisor=bridge.core.divisor)
    return [PlacedTask(task, TaskPlacement.WORKER)]


async def _first_steps(bridge: BridgeProgram, wait: float) -> None:
    """Once Discord knows the bot: tell it the commands, if they are others than last time.

    Of several gateways the first part's does; commands are the same on every server.
    """
    store = ToldCommandStore(bridge.core.database, bridge.core.serving)
    known = await _known(bridge, store)
    await bridge.links.tokens.recover()
    await bridge.bot.wait_until_ready()
    if bridge.core.serving.shard().number > 0:
        while known is None:
            await asyncio.sleep(_TOLD_SECONDS / bridge.core.divisor)
            known = await _known(bridge, store)
        return
    while True:
        try:
            told = await bridge.bot.registration.tell(known.fingerprint if known else None)
            break
        except DeliveryFailed as failed:
            log.warning("Discord did not take the commands; trying again: %s", failed.reason)
            await asyncio.sleep(wait)
    if told is not None:
        bridge.bot.offered(told.fingerprint)
        await store.keep(told)


async def _known(bridge: BridgeProgram, store: ToldCommandStore) -> ToldCommands | None:
    """What Discord was told of the commands in an earlier run, or by another process."""
    known = await store.last()
    bridge.bot.offered(None if known is None else known.fingerprint)
    teller, wanted = bridge.bot.registration, bridge.core.settings.old_command_names
    teller.old_names = wanted == "on" or (wanted == "auto" and known is not None and known.old_names)
    if known is not None:
        teller.to_team = known.to_team
    return known
