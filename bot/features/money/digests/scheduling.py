"""Wants every digest that is due: once, also when clocks jump (R22, F11).

Each is one effect whose cause names creator, sort and last day. After a time without the bridge only
the newest one comes, late. What was taken care of is kept by its day and not as a mark that only grows:
a clock that was ahead for a while must not swallow the days up to there.
"""

from datetime import date, timedelta

from bot.engine.outbox import EffectRequest
from bot.engine.streams import digest_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.money.digests.period_rules import DigestPeriod, due
from bot.features.money.digests.read_effects import DAY, READ, SORT
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.money import digests
from storage.money.digests import Digest

_REMEMBERED = timedelta(days=400)
_SECONDS = 30.0
_LIMIT = 60.0


class DigestScheduler:
    """Looks for due digests every half a minute or so."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def look(self) -> None:
        """Want every digest that is due and was not wanted yet."""
        for wanted, day in await self._ctx.database.read(self._due):
            await self._ctx.database.write(lambda tx, one=wanted, last=day: self._want(tx, one, last))  # type: ignore[misc]

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that has digests come; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("digests", run, _LIMIT)

    async def _due(self, tx: Transaction) -> list[tuple[Digest, date]]:
        now, found = self._ctx.clock.now(), []
        for wanted, name in await digests.running(tx):
            day = due(DigestPeriod(wanted.sort), now, zone_of(name or DEFAULT_ZONE), wanted.hour)
            last = day.isoformat()
            if last > wanted.since and not await digests.is_told(tx, wanted.creator, wanted.sort, last):
                found.append((wanted, day))
        return found

    async def _want(self, tx: Transaction, wanted: Digest, day: date) -> None:
        creator, sort, last = wanted.creator, wanted.sort, day.isoformat()
        forget = (day - _REMEMBERED).isoformat()
        if not await digests.tell(tx, creator, sort, last, forget=forget):
            return  # somebody else was faster, or it is no longer wanted
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=READ,
                stream=digest_stream(creator, sort),
                creator=creator,
                cause=f"digest:{creator}:{sort}:{last}",
                part="digest",
                body={SORT: sort, DAY: last},
            ),
        )
