"""Why a process ends, in the log's last lines and in its exit code."""

import logging

from bot.discord.gateway import GatewayFailed
from bot.engine.instance_lock import BotInUse
from bot.engine.supervision import SupervisionFailed
from bot.features.operations.telemetry.errors import TelemetryUnavailable
from bot.features.people.accounts.keyring import WrongKey
from storage.errors import DatabaseInUse, DriverMissing, SeveralBots, ShardsDiffer, StorageError, WrongUrl

log = logging.getLogger(__name__)

BROKEN = 70  # sysexits.h: a fault in the program; a new process may do better
IN_USE = 75  # sysexits.h: try again later, another process is there
WRONG_SETTING = 78  # sysexits.h: configuration
# Their text is a sentence for the operator.
EXPECTED = (
    StorageError,
    WrongKey,
    GatewayFailed,
    BotInUse,
    SupervisionFailed,
    TelemetryUnavailable,
    OSError,
)
# Which only other settings, or another command line, can help with.
WRONG = (WrongKey, GatewayFailed, WrongUrl, DriverMissing, SeveralBots, TelemetryUnavailable)


def exit_code(error: BaseException) -> int:
    """Say what a person must do, in the log's last lines, and choose the exit code."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    log.error("%s", error)
    # Also where nobody knows how the last commit ended, because another process has taken over meanwhile.
    if any(isinstance(one, DatabaseInUse | BotInUse | ShardsDiffer) for one in (error, error.__cause__)):
        return IN_USE
    if isinstance(error, SupervisionFailed):
        return BROKEN
    return WRONG_SETTING if isinstance(error, WRONG) else 1
