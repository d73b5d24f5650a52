"""The processes that share a database, as deliveries see them."""

from bot.relay.dispatch import Driver
from bot.relay.flights import Flights
from bot.supervision import Duty, periodic
from storage.database import Transaction
from storage.engine.cluster_members import alive
from storage.errors import DatabaseUnreachable

_SECONDS = 5.0
_LIMIT = 60.0


class Members:
    """See `bot.relay.flights.Crew`. Whoever shows no sign of life is struck out, and writes nothing more."""

    def __init__(self, me: str) -> None:
        """`me`: the name under which this process opened the database."""
        self.me = me

    async def gone(self, tx: Transaction, name: str) -> bool:
        """Whether whoever has this name can begin, and record, nothing any more."""
        return name not in await alive(tx, self.me)


def duty(flights: Flights, driver: Driver, *, seconds: float = _SECONDS) -> Duty:
    """Looks again and again after what processes were sending that are gone; `seconds` apart."""

    async def look() -> None:
        driver.hint_all(await flights.end())

    return Duty("other processes", periodic(seconds, look, passing=(DatabaseUnreachable,)), _LIMIT)
