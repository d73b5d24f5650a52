"""Begins what is next in a stream, by one commit that also asks whether it may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.engine.early_claiming import EarlyClaimer
from bot.engine.effect_handler import EffectHandler
from bot.engine.in_flight import InFlightAttempt, InFlightAttempts
from bot.engine.outcomes import OutcomeRecorder
from bot.engine.sending_pauses import LEFT, first, is_orphan
from bot.engine.server_consent import held
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import outbox, stream_heads
from storage.records import Effect, EffectState, Stream

Shut = Callable[[Effect], bool]


class ClaimResult(Enum):
    YES = auto()  # it is `sending`, and ours
    NOT_READY = auto()  # whatever it waits for wakes its stream
    OTHERWISE = auto()  # cancelled, or settled meanwhile: another one may be next


@dataclass(frozen=True)
class ClaimedEffect:
    """The next effect of a stream, and the outcome; `begun` is None where it was only found."""

    effect: Effect
    begun: ClaimResult | None


class EffectClaimer:
    """Pending → sending, or why not."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, EffectHandler],
        endings: OutcomeRecorder,
        flights: InFlightAttempts,
        clock: Clock,
        early: EarlyClaimer,
    ) -> None:
        self._early = early
        self._database = database
        self._handlers = handlers
        self._endings = endings
        self._flights = flights
        self._clock = clock
        self._plain = " ".join(kind for kind, handler in handlers.items() if not handler.asks)

    async def take(
        self, stream: Stream, flight: InFlightAttempt, *, shut: Shut | None = None
    ) -> ClaimedEffect | None:
        """Take a stream's next effect, begun if it waits for nothing; None: there is none.

        Once told as begun, it is durably so, and a byte may leave. An effect that is `shut` is not begun;
        it is asked in the thread of the database, and changes nothing. None: nothing is.
        """
        if (begun := self._early.take(stream)) is not None:
            flight.begins(begun)
            return ClaimedEffect(begun, ClaimResult.YES)
        return await self._database.write(lambda tx: self._take(tx, stream, flight, shut))

    async def ready(self, effect: Effect) -> bool:
        """Whether one of unknown fate can be looked for now."""
        return await self._database.write(lambda tx: self._ready(tx, effect))

    async def _take(
        self, tx: Transaction, stream: Stream, flight: InFlightAttempt, shut: Shut | None
    ) -> ClaimedEffect | None:
        now = self._clock.now()
        plain = self._plain if shut is None else ""
        head = await stream_heads.take(tx, stream, now, holder=self._flights.me, plain=plain)
        if head is not None and head.begun:
            flight.begins(head.effect)
            return ClaimedEffect(head.effect, ClaimResult.YES)
        found = head and await first(tx, head, now)
        if found is None:
            return None
        effect, waits = found.effect, found.effect.not_before > now
        if waits or effect.state is not EffectState.PENDING or (shut and shut(effect)):
            return ClaimedEffect(effect, None)
        return ClaimedEffect(effect, await self._begin(tx, effect, flight, hindered=found.hindered))

    async def _begin(
        self, tx: Transaction, effect: Effect, flight: InFlightAttempt, *, hindered: bool
    ) -> ClaimResult:
        """`hindered`: something may be in its way."""
        flight.begins(effect)
        if hindered:
            if (why := await self._hindered(tx, effect)) is not None:
                return why
        elif not await self._is_ready(tx, effect):
            return ClaimResult.NOT_READY
        # Not begun: somebody settled it meanwhile, and the next one is in line.
        begun = await outbox.begin(tx, effect.id, self._clock.now(), holder=self._flights.me)
        return ClaimResult.YES if begun else ClaimResult.OTHERWISE

    async def _hindered(self, tx: Transaction, effect: Effect) -> ClaimResult | None:
        """Return what hinders it; None: nothing does."""
        if not await self._ready(tx, effect):
            return ClaimResult.NOT_READY
        if await is_orphan(tx, effect):
            await self._endings.cancel(tx, effect, LEFT)
            return ClaimResult.OTHERWISE
        return None

    async def _ready(self, tx: Transaction, effect: Effect) -> bool:
        if self._handlers[effect.kind].on_server and await held(tx, effect):
            return False  # whoever lets the creator back wakes this stream
        return await self._is_ready(tx, effect)

    async def _is_ready(self, tx: Transaction, effect: Effect) -> bool:
        handler = self._handlers[effect.kind]
        return not handler.asks or await handler.ready(tx, effect)
