"""Builds what a process needs that works together with others."""

from bot.dispatching.driver import Procrastinating
from bot.relay.flights import Flights
from bot.supervision import Duty, periodic
from storage.errors import DatabaseUnreachable

_SECONDS = 5.0
_LIMIT = 60.0


def duty(flights: Flights, driver: Procrastinating, *, seconds: float = _SECONDS) -> Duty:
    """Looks again and again after what processes were sending that are gone; `seconds` apart."""

    async def look() -> None:
        driver.hint_all(await flights.end())

    return Duty("other processes", periodic(seconds, look, passing=(DatabaseUnreachable,)), _LIMIT)
