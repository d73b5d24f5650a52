"""Runs the program: starts in the order that loses nothing, stops when told."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.accounts.keyring import WrongKey
from bot.app import Bridge, built
from bot.config import Settings
from bot.guild.gateway import GatewayFailed
from bot.relay.clock import SystemClock
from bot.relay.delivery import drain_by_prefix
from storage import instance
from storage.connect import open_database
from storage.errors import DatabaseInUse, StorageError

log = logging.getLogger(__name__)

IN_USE = 75  # sysexits.h: try again later, another process is there
WRONG_SETTING = 78  # sysexits.h: configuration
EXPECTED = (StorageError, WrongKey, GatewayFailed, OSError)  # their text is a sentence for the operator
_TIDY_SECONDS = 60.0
_COMMANDS = "commands"


async def run(settings: Settings) -> int:
    """Run the bridge until it is told to stop; the answer is the exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with built(settings) as bridge:
            await _live(bridge, stop)
    except EXPECTED as error:
        return _said(error)
    except ExceptionGroup as group:
        expected, rest = group.split(EXPECTED)
        if expected is None or rest is not None:
            raise
        return _said(expected)
    return 0


async def migrate(settings: Settings) -> int:
    """Bring the database up to date and stop."""
    try:
        database = await open_database(settings.database_url, now=SystemClock().now())
    except EXPECTED as error:
        return _said(error)
    await database.close()
    log.info("the database is up to date")
    return 0


async def _live(bridge: Bridge, stop: asyncio.Event) -> None:
    """Start in the order that loses nothing, run until `stop`, and let go in reverse."""
    core = bridge.core
    await core.commands.cancel_staged()
    core.dispatch.hint_all(await bridge.deliveries.recover())
    core.dispatch.hint_all(await bridge.facts.streams())
    drain = drain_by_prefix({"in": bridge.facts.drain, "": bridge.deliveries.drain})
    async with bridge.web, asyncio.TaskGroup() as tasks:
        work = tasks.create_task(core.dispatch.run(drain), name="deliveries")
        others = [
            tasks.create_task(bridge.gateway.run(), name="gateway"),
            tasks.create_task(_first_steps(bridge), name="first steps"),
            tasks.create_task(_every(_TIDY_SECONDS, bridge.linking.tidy), name="tidy"),
        ]
        log.info("the bridge is up", extra={"port": bridge.web.port})
        await stop.wait()
        log.info("stopping")
        bridge.web.drain()
        bridge.deliveries.stop()
        core.dispatch.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(core.settings.waits().drain):
                await asyncio.shield(work)
        for task in (work, *others):
            task.cancel()


async def _first_steps(bridge: Bridge) -> None:
    """Once Discord knows the bot: tell it the commands, if they are others than last time."""
    await bridge.tokens.recover()
    await bridge.bot.wait_until_ready()
    database = bridge.core.database
    known = await database.read(lambda tx: instance.recall(tx, _COMMANDS))
    told = await bridge.bot.sync_commands(known)
    if told != known:
        await database.write(lambda tx: instance.remember(tx, _COMMANDS, told))


async def _every(seconds: float, deed: Callable[[], Awaitable[None]]) -> None:
    while True:
        await deed()
        await asyncio.sleep(seconds)


def _said(error: BaseException) -> int:
    """Say what a person must do, in the log's last lines, and choose the exit code."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    log.error("%s", error)
    if isinstance(error, DatabaseInUse):
        return IN_USE
    return WRONG_SETTING if isinstance(error, WrongKey | GatewayFailed) else 1
