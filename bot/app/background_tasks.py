"""Which background tasks a process runs: its roles' own, and some that run once."""

import asyncio
import logging
from functools import partial

from bot.app.program import BridgeProgram
from bot.discord.channel_visibility import ChannelVisibility
from bot.engine.dispatch import Drain
from bot.engine.process_roles import ProcessRole, ProcessRoles
from bot.engine.supervision import BackgroundTask, Beat, periodic
from bot.features.inbox.thread_archiving import tasks
from bot.features.operations.keys import tasks as keys_tasks
from bot.features.people.audit import tasks as audit_tasks
from bot.features.people.team import tasks as team_tasks
from bot.model.errors import DeliveryFailed
from storage.engine import instance
from storage.errors import DatabaseUnreachable
from storage.records import DiscordId

log = logging.getLogger(__name__)

DELIVERIES = "deliveries"
_DELIVERIES_SECONDS = 120.0  # with every place taken: longer than any one call may last
_TIDY_SECONDS = 60.0
_HOOKS_SECONDS = 10.0
_SECRETS_SECONDS = 2.0
_LEFT_SECONDS = 5.0
_TIDY_LIMIT = 180.0  # it revokes tokens, one call after the other
_AGAIN_SECONDS = 30.0
_COMMANDS = "commands"
_TOLD_SECONDS = 2.0
_PASSING = (DatabaseUnreachable,)

# What keeps notes in memory of what only this process sees.
_EACH = frozenset({"database", "keys", "boards", "targets"})
# What asks Discord, which shows each bot its own servers.
_EACH_BOT = frozenset({"access"})
# What belongs to one role. Everything else runs in one worker for all.
_OF = {
    DELIVERIES: ProcessRole.WORKER,
    "managed creators": ProcessRole.WORKER,  # who was denied something is remembered where it was
    "first steps": ProcessRole.GATEWAY,
    "cancellations": ProcessRole.GATEWAY,  # who asked was told here, and what is owed is kept in memory
    "noticing": ProcessRole.GATEWAY,
    "typed": ProcessRole.GATEWAY,
    "typed before": ProcessRole.GATEWAY,
    "resting": ProcessRole.GATEWAY,  # who holds the session hears which threads are awake
    "door": ProcessRole.WEB,
}
# What cannot wait until this process speaks for the bot: whether it may go on, and all that a web does.
_BEFORE = frozenset({"database", "keys"})
_WEB_BEFORE = _EACH | {"door", "webhook secrets", "hints"}


def duties_of(bridge: BridgeProgram, drain: Drain) -> list[BackgroundTask]:
    """Everything that runs in the background here; a hang of one of them is told within its limit."""
    standing, chosen = bridge.core.together, []
    for duty in _all_of(bridge, drain):
        role = _OF.get(duty.name)
        if duty.name in _EACH or (role is not None and role in standing.roles):
            chosen.append(duty)
        elif role is None and ProcessRole.WORKER in standing.roles:
            chosen.append((standing.once_a_bot if duty.name in _EACH_BOT else standing.once)(duty))
    chosen += _of_calls(bridge)
    if standing.roles.alone:
        return chosen
    return [*chosen, *_among_others(bridge), *standing.duties(bridge.deliveries.flights)]


def is_before(duty: BackgroundTask, roles: ProcessRoles) -> bool:
    """Whether it runs already while this process stands by for another that speaks for the bot."""
    return duty.name in _BEFORE or (ProcessRole.WEB in roles and duty.name in _WEB_BEFORE)


def _all_of(bridge: BridgeProgram, drain: Drain) -> list[BackgroundTask]:
    """As one process alone runs them."""
    core = bridge.core
    divisor = core.divisor
    found = [
        BackgroundTask(DELIVERIES, lambda beat: core.dispatch.run(drain, beat), _DELIVERIES_SECONDS),
        # It waits for Discord as long as it takes, which /readyz tells too.
        BackgroundTask(
            "first steps", lambda _beat: _first_steps(bridge, _AGAIN_SECONDS / divisor), None, ends=True
        ),
        BackgroundTask(
            "tidy", periodic(_TIDY_SECONDS, bridge.links.linking.tidy, passing=_PASSING), _TIDY_LIMIT
        ),
        BackgroundTask("database", lambda _beat: core.kept(), None),  # it looks by itself, every few seconds
        core.commands.duty(divisor=divisor),
        *bridge.features.care.desk.duties(divisor=divisor),
        *keys_tasks.duties(core.settings, core.sealer, core.database),
        audit_tasks.duty(core.database, core.effects.trail, core.clock, divisor=divisor),
    ]
    return found if core.restored is not None else [*found, *_unless_restored(bridge)]


def _unless_restored(bridge: BridgeProgram) -> list[BackgroundTask]:
    links, features = bridge.links, bridge.features
    return [
        BackgroundTask(
            "webhook subscriptions", periodic(_HOOKS_SECONDS, links.hooks.tidy, passing=_PASSING), _TIDY_LIMIT
        ),
        BackgroundTask(
            "managed creators",
            periodic(_HOOKS_SECONDS, links.agency.reaching.tidy, passing=_PASSING),
            _TIDY_LIMIT,
        ),
        _sweeps(bridge),
        *features.duties(divisor=bridge.core.divisor),
        team_tasks.duty(
            features.care.team.overseeing.look,
            features.care.team.overseeing.look_at_roles,
            ChannelVisibility(bridge.bot).see,
            ready=bridge.connected,
        ),
    ]


def _sweeps(bridge: BridgeProgram) -> BackgroundTask:
    duty = bridge.second.duty()

    async def run(beat: Beat) -> None:
        if not bridge.core.together.roles.alone:  # nobody else has begun them for this process
            await bridge.second.sweeps.begin()
        await duty.run(beat)

    return BackgroundTask(duty.name, run, duty.limit)


def _of_calls(bridge: BridgeProgram) -> list[BackgroundTask]:
    """The session with Discord, or only the right to call it."""
    roles = bridge.core.together.roles
    if ProcessRole.GATEWAY not in roles and ProcessRole.WORKER not in roles:
        return []
    # discord.py itself drops a connection without heartbeats; what it is doing is told by /readyz.
    return [BackgroundTask("gateway", lambda _beat: bridge.gateway.run(), None)]


def _among_others(bridge: BridgeProgram) -> list[BackgroundTask]:
    """What one process alone need not do: it sees all that it needs to."""
    core, found = bridge.core, []
    if ProcessRole.WORKER in core.together.roles:
        # A refresh whose process died is repeated while Fanvue still takes it: nobody starts anew for it.
        repeat = periodic(_LEFT_SECONDS, bridge.links.tokens.recover, passing=_PASSING)
        found.append(BackgroundTask("sign-ins", repeat, _TIDY_LIMIT))
    found += _of_unheard_servers(bridge)
    if ProcessRole.WEB in core.together.roles:
        load = periodic(_SECRETS_SECONDS / core.divisor, bridge.links.hooks.load, passing=_PASSING)
        found.append(BackgroundTask("webhook secrets", load, _TIDY_LIMIT))
    return found


def _of_unheard_servers(bridge: BridgeProgram) -> list[BackgroundTask]:
    """No event tells this process which threads are awake on servers that others hear of."""
    roles, room = bridge.core.together.roles, bridge.features.forums.resting.room

    def hears_of(server: DiscordId) -> bool:
        return ProcessRole.GATEWAY in roles and bridge.core.serving.shard().hears_of(server)

    if ProcessRole.GATEWAY in roles and bridge.core.settings.discord_shards == 1:
        return []
    if ProcessRole.GATEWAY not in roles and ProcessRole.WORKER not in roles:
        return []
    read = bridge.bot.discord.waking.read
    return [tasks.duty(room, read, hears_of, divisor=bridge.core.divisor)]


async def _first_steps(bridge: BridgeProgram, wait: float) -> None:
    """Once Discord knows the bot: tell it the commands, if they are others than last time.

    Of several gateways the first part's does; commands are the same on every server.
    """
    database, name = bridge.core.database, bridge.core.serving.named(_COMMANDS)
    known = await database.read(lambda tx: instance.recall(tx, name))
    bridge.bot.offered(known)
    await bridge.links.tokens.recover()
    await bridge.bot.wait_until_ready()
    if bridge.core.serving.shard().number > 0:
        while known is None:
            await asyncio.sleep(_TOLD_SECONDS / bridge.core.divisor)
            known = await database.read(lambda tx: instance.recall(tx, name))
        bridge.bot.offered(known)
        return
    while True:
        try:
            told = await bridge.bot.sync_commands(known)
            break
        except DeliveryFailed as failed:
            log.warning("Discord did not take the commands; trying again: %s", failed.reason)
            await asyncio.sleep(wait)
    if told != known:
        await database.write(partial(instance.remember, name=name, value=told))
