"""The processes that share a database, as deliveries see them."""

from bot.engine.dispatch import StreamDriver
from bot.engine.in_flight import InFlightAttempts
from bot.engine.supervision import BackgroundTask, periodic
from storage.database import Transaction
from storage.engine.cluster_members import alive
from storage.errors import DatabaseUnreachable

_SECONDS = 5.0
_LIMIT = 60.0


class ClusterProcesses:
    """See `bot.engine.in_flight.WorkerCrew`. A silent process is struck out, and writes nothing more."""

    def __init__(self, me: str) -> None:
        """`me`: the name under which this process opened the database."""
        self.me = me

    async def gone(self, tx: Transaction, name: str) -> bool:
        """Tell whether this one can begin, and record, nothing any more."""
        return name not in await alive(tx, self.me)


def looking_task(
    flights: InFlightAttempts, driver: StreamDriver, *, seconds: float = _SECONDS
) -> BackgroundTask:
    """Looks again and again after what processes were sending that are gone; `seconds` apart."""

    async def look() -> None:
        driver.hint_all(await flights.end())

    return BackgroundTask("other processes", periodic(seconds, look, passing=(DatabaseUnreachable,)), _LIMIT)
