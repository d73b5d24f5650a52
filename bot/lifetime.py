"""Runs the program: starts in the order that loses nothing, stops when told."""

import asyncio
import logging
import os
import signal
from contextlib import closing, suppress
from functools import partial

from bot import keeping
from bot.accounts.keyring import WrongKey
from bot.alone import BotInUse, lock_of_bot
from bot.app import Bridge, built
from bot.audit import pruning
from bot.config import Settings
from bot.guild.gateway import GatewayFailed
from bot.guild.seeing import Seeing
from bot.keys import watching
from bot.relay.clock import SystemClock
from bot.relay.delivery import drain_by_prefix
from bot.relay.dispatch import Drain
from bot.relay.errors import DeliveryFailed
from bot.supervision import Duty, SupervisionFailed, periodic
from bot.team import weekly
from storage import instance
from storage.connect import open_database
from storage.errors import DatabaseInUse, DatabaseUnreachable, DriverMissing, StorageError, WrongUrl
from storage.records import Stream

log = logging.getLogger(__name__)

BROKEN = 70  # sysexits.h: a fault in the program; a new process may do better
IN_USE = 75  # sysexits.h: try again later, another process is there
WRONG_SETTING = 78  # sysexits.h: configuration
# Their text is a sentence for the operator.
EXPECTED = (StorageError, WrongKey, GatewayFailed, BotInUse, SupervisionFailed, OSError)
WRONG = (WrongKey, GatewayFailed, WrongUrl, DriverMissing)  # which only other settings can help with
_DELIVERIES = "deliveries"
_DELIVERIES_SECONDS = 120.0  # with every place taken: longer than any one call may last
_TIDY_SECONDS = 60.0
_HOOKS_SECONDS = 10.0
_TIDY_LIMIT = 180.0  # it revokes tokens, one call after the other
_AGAIN_SECONDS = 30.0
_COMMANDS = "commands"


async def run(settings: Settings) -> int:
    """Run the bridge until it is told to stop; the answer is the exit code. Told twice, it ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, partial(_told_to_stop, stop, number))
    try:
        bot = lock_of_bot(settings.discord_application_id, settings.discord_api_url, os.environ)
        with closing(bot):
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


def _told_to_stop(stop: asyncio.Event, number: int) -> None:
    if stop.is_set():
        os._exit(128 + number)  # as a shell would say it; being killed is a supported way to stop
    stop.set()


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
    await bridge.features.inbox.answering.resuming.resume()
    await bridge.features.inbox.approving.resuming.resume()
    await bridge.features.inbox.typed.setting.resume()
    await core.commands.cancel_staged()
    if core.restored is None:
        await bridge.second.sweeps.begin()  # before any fact is decided: older ones may be missing
        core.dispatch.hint_all(await bridge.deliveries.recover())
        core.dispatch.hint_all(await bridge.facts.streams())
        drain = drain_by_prefix({"in": bridge.facts.drain, "": bridge.deliveries.drain})
    else:
        log.error("%s", keeping.PAUSED)
        drain = drain_by_prefix(
            {"an": bridge.deliveries.drain, "": _hold}
        )  # commands are answered all the same
    for duty in _duties(bridge, drain):
        core.supervisor.add(duty)
    if core.restored is None:
        hooks = periodic(_HOOKS_SECONDS, bridge.links.hooks.tidy, passing=(DatabaseUnreachable,))
        core.supervisor.add(Duty("webhook subscriptions", hooks, _TIDY_LIMIT))
        managed = periodic(_HOOKS_SECONDS, bridge.links.agency.reaching.tidy, passing=(DatabaseUnreachable,))
        core.supervisor.add(Duty("managed creators", managed, _TIDY_LIMIT))
        core.supervisor.add(bridge.second.duty())
        for duty in bridge.features.duties(divisor=core.divisor):
            core.supervisor.add(duty)
        look = bridge.features.care.team.overseeing.look
        core.supervisor.add(weekly.duty(look, Seeing(bridge.bot).see, ready=bridge.bot.is_ready))
    async with bridge.web:
        running = asyncio.create_task(core.supervisor.run(), name="supervisor")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        try:
            log.info("the bridge is up", extra={"port": bridge.web.port})
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                await _let_go(bridge)
        finally:
            for task in (running, stopping):
                task.cancel()
            await asyncio.wait({running, stopping})
        if not running.cancelled():
            running.result()  # raises what no restart could help with


async def _let_go(bridge: Bridge) -> None:
    """Take nothing new on, and wait a while for what is under way."""
    log.info("stopping")
    core = bridge.core
    bridge.web.drain()
    bridge.deliveries.stop()
    core.dispatch.stop()
    bridge.second.driver.stop()
    core.supervisor.stop()
    with suppress(TimeoutError):
        async with asyncio.timeout(core.settings.waits().drain):
            await core.supervisor.ended(_DELIVERIES)
            await bridge.links.tokens.close()


def _duties(bridge: Bridge, drain: Drain) -> list[Duty]:
    """Everything that runs in the background; a hang of one of them is told within its limit."""
    core = bridge.core
    tidy = periodic(_TIDY_SECONDS, bridge.links.linking.tidy, passing=(DatabaseUnreachable,))
    divisor = core.divisor
    return [
        Duty(_DELIVERIES, lambda beat: core.dispatch.run(drain, beat), _DELIVERIES_SECONDS),
        # discord.py itself drops a connection without heartbeats; what it is doing is told by /readyz.
        Duty("gateway", lambda _beat: bridge.gateway.run(), None),
        # They wait for Discord as long as it takes, which /readyz tells too.
        Duty("first steps", lambda _beat: _first_steps(bridge, _AGAIN_SECONDS / divisor), None, ends=True),
        Duty("tidy", tidy, _TIDY_LIMIT),
        Duty("database", lambda _beat: core.kept(), None),  # it looks by itself, every few seconds
        *bridge.features.care.desk.duties(divisor=divisor),
        *watching.duties(core.settings, core.sealer, core.database),
        pruning.duty(core.database, core.effects.trail, core.clock, divisor=divisor),
    ]


async def _hold(_stream: Stream) -> None:
    """A restored database: what comes in is kept, and decided or sent only after the operator's word."""


async def _first_steps(bridge: Bridge, wait: float) -> None:
    """Once Discord knows the bot: tell it the commands, if they are others than last time."""
    database = bridge.core.database
    known = await database.read(lambda tx: instance.recall(tx, _COMMANDS))
    bridge.bot.offered(known)
    await bridge.links.tokens.recover()
    await bridge.bot.wait_until_ready()
    while True:
        try:
            told = await bridge.bot.sync_commands(known)
            break
        except DeliveryFailed as failed:
            log.warning("Discord did not take the commands; trying again: %s", failed.reason)
            await asyncio.sleep(wait)
    if told != known:
        await database.write(lambda tx: instance.remember(tx, _COMMANDS, told))


def _said(error: BaseException) -> int:
    """Say what a person must do, in the log's last lines, and choose the exit code."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    log.error("%s", error)
    if isinstance(error, DatabaseInUse | BotInUse):
        return IN_USE
    if isinstance(error, SupervisionFailed):
        return BROKEN
    return WRONG_SETTING if isinstance(error, WRONG) else 1
