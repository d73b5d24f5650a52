"""Begins what is next in a stream, by one commit that also asks whether it may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.relay.deeds import Deed
from bot.relay.endings import Endings
from bot.relay.flights import Flight, Flights
from bot.relay.paused import LEFT, first, is_orphan
from bot.relay.ports import Clock
from bot.relay.presence import held
from storage.database import Database, Transaction
from storage.engine import outbox, stream_heads
from storage.records import Effect, EffectState, Stream

Shut = Callable[[Effect], bool]


class Begun(Enum):
    """What became of it."""

    YES = auto()  # it is `sending`, and ours
    NOT_READY = auto()  # whatever it waits for wakes its stream
    OTHERWISE = auto()  # cancelled, or settled meanwhile: another one may be next


@dataclass(frozen=True)
class Taken:
    """What is next in a stream, and what became of it; `begun` is None where it was only found."""

    effect: Effect
    begun: Begun | None


class Beginnings:
    """Pending → sending, or why not."""

    def __init__(
        self,
        *,
        database: Database,
        deeds: Mapping[str, Deed],
        endings: Endings,
        flights: Flights,
        clock: Clock,
    ) -> None:
        self._database = database
        self._deeds = deeds
        self._endings = endings
        self._flights = flights
        self._clock = clock
        self._plain = " ".join(kind for kind, deed in deeds.items() if not deed.asks)

    async def take(self, stream: Stream, flight: Flight, *, shut: Shut | None = None) -> Taken | None:
        """What is next in a stream, begun if it waits for nothing; None: there is nothing.

        When it is told that it has begun, that is durable, and a byte may leave. What is `shut` is not begun;
        it is asked in the thread of the database, and changes nothing. None: nothing is.
        """
        return await self._database.write(lambda tx: self._take(tx, stream, flight, shut))

    async def ready(self, effect: Effect) -> bool:
        """Whether one of unknown fate can be looked for now."""
        return await self._database.write(lambda tx: self._ready(tx, effect))

    async def _take(self, tx: Transaction, stream: Stream, flight: Flight, shut: Shut | None) -> Taken | None:
        now = self._clock.now()
        plain = self._plain if shut is None else ""
        head = await stream_heads.take(tx, stream, now, holder=self._flights.me, plain=plain)
        if head is not None and head.begun:
            flight.begins(head.effect)
            return Taken(head.effect, Begun.YES)
        found = head and await first(tx, head, now)
        if found is None:
            return None
        effect, waits = found.effect, found.effect.not_before > now
        if waits or effect.state is not EffectState.PENDING or (shut and shut(effect)):
            return Taken(effect, None)
        return Taken(effect, await self._begin(tx, effect, flight, hindered=found.hindered))

    async def _begin(self, tx: Transaction, effect: Effect, flight: Flight, *, hindered: bool) -> Begun:
        """`hindered`: something may be in its way."""
        flight.begins(effect)
        if hindered:
            if (why := await self._hindered(tx, effect)) is not None:
                return why
        elif not await self._is_ready(tx, effect):
            return Begun.NOT_READY
        # Not begun: somebody settled it meanwhile, and the next one is in line.
        begun = await outbox.begin(tx, effect.id, self._clock.now(), holder=self._flights.me)
        return Begun.YES if begun else Begun.OTHERWISE

    async def _hindered(self, tx: Transaction, effect: Effect) -> Begun | None:
        """What keeps it from beginning; None: nothing does."""
        if not await self._ready(tx, effect):
            return Begun.NOT_READY
        if await is_orphan(tx, effect):
            await self._endings.cancel(tx, effect, LEFT)
            return Begun.OTHERWISE
        return None

    async def _ready(self, tx: Transaction, effect: Effect) -> bool:
        if self._deeds[effect.kind].on_server and await held(tx, effect):
            return False  # whoever lets the creator back wakes this stream
        return await self._is_ready(tx, effect)

    async def _is_ready(self, tx: Transaction, effect: Effect) -> bool:
        deed = self._deeds[effect.kind]
        return not deed.asks or await deed.ready(tx, effect)
