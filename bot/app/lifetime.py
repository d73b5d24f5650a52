"""Runs the program: starts in the order that loses nothing, stops when told."""

import asyncio
import logging
import os
import signal
from contextlib import AsyncExitStack, closing, suppress
from functools import partial
from typing import TYPE_CHECKING

from bot.app import maintenance
from bot.app.background_tasks import DELIVERIES, is_before, tasks_of
from bot.app.exit_codes import EXPECTED, IN_USE, WRONG_SETTING, exit_code
from bot.app.program import BridgeProgram, built
from bot.discord.own_application import ensure_own_application
from bot.engine.channel_languages import ChannelLanguages
from bot.engine.clock import SystemClock
from bot.engine.dispatch import Drain, drain_by_prefix
from bot.engine.instance_lock import lock_of_bot
from bot.engine.process_roles import ALONE, ProcessRole, ProcessRoles
from bot.engine.supervision import BackgroundTask, Heartbeat
from bot.features.operations.operator_channel.service import tell_stopped
from bot.settings.model import Settings
from storage.engine import restore_review
from storage.engine.connect import is_up_to_date, open_database
from storage.errors import DatabaseInUse
from storage.records import Stream

if TYPE_CHECKING:  # a bridge that is alone loads nothing of the cluster
    from bot.engine.cluster.shard_lease import ShardLease

log = logging.getLogger(__name__)

_UP = "the bridge is up"
_SHARDS_ALONE = (
    "DISCORD_SHARDS is for processes with --role: one process alone speaks for all servers. Remove "
    "the setting, or start as many with --role gateway, and one more to stand by (docs/scaling.md)."
)

_ASKS_SECONDS = 5.0


async def run(settings: Settings, roles: ProcessRoles = ALONE, *, replaces: int | None = None) -> int:
    """Run the bridge until it is told to stop; the answer is the exit code. Told twice, it ends at once.

    `replaces`: the bot whose servers this process may take over, where it works alone.
    """
    if roles.alone and settings.discord_shards > 1:
        log.error("%s", _SHARDS_ALONE)
        return WRONG_SETTING
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, partial(_told_to_stop, stop, number))
    try:
        async with AsyncExitStack() as stack:
            await _ensure_own_application(settings)
            if roles.alone:  # where several share a database, it says who speaks for the bot
                bot = lock_of_bot(settings.discord_application_id, settings.discord_api_url, os.environ)
                stack.enter_context(closing(bot))
            await _live(await stack.enter_async_context(built(settings, roles, replaces=replaces)), stop)
    except EXPECTED as error:
        return await _ended(settings, roles, error)
    except ExceptionGroup as group:
        expected, rest = group.split(EXPECTED)
        if expected is None or rest is not None:
            raise
        return await _ended(settings, roles, expected)
    return 0


async def _ended(settings: Settings, roles: ProcessRoles, error: BaseException) -> int:
    """Say why, and tell whoever can mend it; where several share the work another one goes on."""
    code = exit_code(error)
    if code != IN_USE and roles.alone:
        await tell_stopped(settings, SystemClock())
    return code


async def _ensure_own_application(settings: Settings) -> None:
    """First of all: under another application's number the wrong servers would be looked after."""
    await ensure_own_application(
        settings.discord_token.get_secret_value(),
        settings.discord_application_id,
        api_url=settings.discord_api_url,
        seconds=_ASKS_SECONDS / settings.window_divisor,
    )


def _told_to_stop(stop: asyncio.Event, number: int) -> None:
    if stop.is_set():
        os._exit(128 + number)  # as a shell would say it; being killed is a supported way to stop
    stop.set()


async def migrate(settings: Settings) -> int:
    """Bring the database up to date and stop. Where it is so already, others may go on using it."""
    try:
        used = await _brought_up_to_date(settings.database_url)
    except EXPECTED as error:
        return exit_code(error)
    log.info("the database is up to date%s", ", and in use" if used else "")
    return 0


async def _brought_up_to_date(url: str) -> bool:
    """Whether it was in use, with nothing to be done. Raises DatabaseInUse when something was."""
    try:
        database = await open_database(url, now=SystemClock().now())
    except DatabaseInUse:
        # Docker Compose begins with a `migrate` for each process that comes to those that run.
        if await asyncio.to_thread(is_up_to_date, url):
            return True
        raise
    await database.close()
    return False


async def _live(bridge: BridgeProgram, stop: asyncio.Event) -> None:
    """Start in the order that loses nothing, run until `stop`, and let go in reverse."""
    core = bridge.core
    async with AsyncExitStack() as stack:
        if bridge.seat is None:
            await _come_in(bridge, first=core.together.first)
            for one in tasks_of(bridge, _drain_of(bridge)):
                core.supervisor.add(one.task)
            await stack.enter_async_context(bridge.web)
            log.info(_UP, extra={"port": bridge.web.port})
        else:
            await stack.enter_async_context(bridge.web)  # which says how it is while it stands by
            await _stand_by(bridge, bridge.seat)
        running = asyncio.create_task(core.supervisor.run(), name="supervisor")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                await _let_go(bridge)
        finally:
            for task in (running, stopping):
                task.cancel()
            await asyncio.wait({running, stopping})
        if not running.cancelled():
            running.result()  # raises what no restart could help with


async def _stand_by(bridge: BridgeProgram, seat: "ShardLease") -> None:
    """Begin what runs meanwhile, and have the rest begun once this process speaks for the bot.

    Who only stands by has not come in: it is no sign that what others have begun goes on.
    """
    together, supervisor = bridge.core.together, bridge.core.supervisor
    later: list[BackgroundTask] = []
    for one in tasks_of(bridge, _drain_of(bridge)):
        if is_before(one, together.roles):
            supervisor.add(one.task)
        else:
            later.append(one.task)

    async def speak(_beat: Heartbeat) -> None:
        await seat.had()
        await _come_in(bridge, first=await together.begins())
        while later:
            supervisor.add(later.pop(0))
        log.info(_UP, extra={"port": bridge.web.port})
        await seat.kept()

    await together.stands_by()
    supervisor.add(BackgroundTask("seat", speak, None))
    log.info("waits for a session with Discord that nobody holds")


async def _let_go(bridge: BridgeProgram) -> None:
    """Take nothing new on, and wait a while for what is under way."""
    log.info("stopping")
    core = bridge.core
    bridge.web.drain()
    bridge.deliveries.stop()
    core.dispatch.stop()
    bridge.second.driver.stop()
    core.supervisor.stop()
    for end in (end for feature in bridge.features.all for end in feature.ends):
        await end()  # each within seconds of its own
    with suppress(TimeoutError):
        async with asyncio.timeout(core.settings.waits().drain):
            if ProcessRole.WORKER in core.together.roles:
                await core.supervisor.ended(DELIVERIES)
                await bridge.deliveries.early.give_back()
            await bridge.links.tokens.close()


async def _come_in(bridge: BridgeProgram, *, first: bool) -> None:
    """Begin before anything is decided or sent, and let others come in. `first`: it begins their run.

    Raises DatabaseInUse when it stood by for so long that the database became a restored one (R19).
    """
    core = bridge.core
    if await core.database.read(restore_review.since) != core.restored:
        raise DatabaseInUse(
            "While this process stood by, the database was taken for one that was restored from a backup. "
            "It ends; started again, it heeds that."
        )
    await _take_up(bridge)
    if core.restored is None:
        if first:
            await bridge.second.sweeps.begin()  # before any fact is decided: older ones may be missing
        if ProcessRole.WORKER in core.together.roles:
            core.dispatch.hint_all(await bridge.deliveries.recover())
            core.dispatch.hint_all(await bridge.facts.streams())
    await core.together.came_in()


async def _take_up(bridge: BridgeProgram) -> None:
    """Resume Discord requests kept nowhere else."""
    if ProcessRole.GATEWAY not in bridge.core.together.roles:
        return
    for feature in bridge.features.all:
        for resume in feature.resumes:
            await resume()
    await bridge.core.commands.cancel_staged()


def _drain_of(bridge: BridgeProgram) -> Drain:
    if bridge.core.restored is None:
        drain = drain_by_prefix({"in": bridge.facts.drain, "": bridge.deliveries.drain})
        return bridge.features.get(ChannelLanguages).spoken(drain)
    log.error("%s", maintenance.PAUSED)
    # Commands are answered all the same.
    return drain_by_prefix({"an": bridge.deliveries.drain, "": _hold})


async def _hold(_stream: Stream) -> None:
    """Do nothing: a restored database keeps input, and acts only after the operator's word."""
