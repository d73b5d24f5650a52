"""Carries out waiting effects, stream by stream, and records how each one ended.

    pending → sending → done | rejected | unknown        unknown → done | absent
    absent → pending only by a person

`sending` is committed before a byte leaves. An effect of unknown fate is looked for, never repeated
blindly. One stream is drained by one task at a time, so order and single flight come for free.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping

from bot.engine.circuit_breakers import CircuitBreakers
from bot.engine.claiming import ClaimResult, EffectClaimer
from bot.engine.delivery_room import Room, unbounded
from bot.engine.early_claiming import EarlyClaimer, Free, never
from bot.engine.effect_handler import EffectHandler, SettlingMethod
from bot.engine.in_flight import InFlightAttempt, InFlightAttempts, WorkerCrew
from bot.engine.outbox import Effects
from bot.engine.outcomes import STOPPED, OutcomeRecorder, Watch
from bot.engine.retry import LONGEST, RetryWaits, last_look, longest, next_look, patience
from bot.engine.tracing import NO_TRACING, StepName, Tracing
from bot.model.errors import DeliveryRefused, DeliveryUnknown, SealDamaged, TargetGone, TextErased, TryLater
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.database import Database
from storage.engine import queues
from storage.records import Effect, EffectState, Millis, Stream

log = logging.getLogger(__name__)

_IN_A_ROW = 16  # effects of one stream, after which others may have its place
_TOO_LONG = msgid("This took far too long, so we stopped it; it may have arrived.")


class Deliveries:
    """Drains streams of the outbox."""

    def __init__(  # noqa: PLR0913 - what a delivery is made of, each by its name
        self,
        *,
        database: Database,
        effects: Effects,
        handlers: Mapping[str, EffectHandler],
        clock: Clock,
        waits: RetryWaits,
        rng: random.Random,
        watch: Watch = lambda _effect, _how: None,
        crew: WorkerCrew,
        hint: Callable[[Stream], None] = lambda _stream: None,
        tracing: Tracing = NO_TRACING,
        room: Room = unbounded,
        free: Free = never,
    ) -> None:
        """`hint` has a stream drained soon that waited for no reason any more. `crew`: who else delivers.

        `room`: when there is room for what a stream does, asked before any of it is taken; None: now.
        `free`: whether a stream that is woken is drained at once.
        """
        self._database = database
        self._effects = effects
        self._handlers = handlers
        self._clock, self._waits, self._rng = clock, waits, rng
        self._endings = OutcomeRecorder(
            database=database,
            effects=effects,
            handlers=handlers,
            clock=clock,
            waits=waits,
            rng=rng,
            watch=watch,
        )
        self.flights = InFlightAttempts(database=database, clock=clock, waits=waits, crew=crew)
        self.early = effects.early = EarlyClaimer(
            database, handlers, self.flights, clock, free=free, shut=self._is_shut
        )
        self._beginnings = EffectClaimer(database, handlers, self._endings, self.flights, clock, self.early)
        self._breakers = CircuitBreakers(clock=clock, waits=waits)
        self._hint = hint
        self._tracing = tracing
        self._room = room
        self._stopping = False

    def stop(self) -> None:
        """Begin no further effect; those under way are recorded as always."""
        self._stopping = True
        self.early.close()

    async def recover(self) -> list[Stream]:
        """At start: effects being sent may have arrived. Return every stream with open effects."""
        await self.flights.end()
        self.early.open()
        return await self._database.read(queues.open_streams)

    async def drain(self, stream: Stream) -> Millis | None:
        """Carry out a stream's effects in order until one must wait; returns when to come back.

        After a few of them that is now, so that a stream with thousands keeps no other one waiting.
        """
        for _ in range(_IN_A_ROW):
            if self._stopping:
                return None
            with self._room(stream) as full, self.flights.one() as flight:
                more, due = (False, full) if full is not None else await self._next(stream, flight)
            if not more:
                return due
        return self._clock.now()

    async def _next(self, stream: Stream, flight: InFlightAttempt) -> tuple[bool, Millis | None]:
        """Carry out what is next; whether there is more to do now, and if not, when to come back."""
        shut = self._is_shut if self._stopping or self._breakers.any_open else None
        taken = await self._beginnings.take(stream, flight, shut=shut)
        if taken is None:
            return False, None
        effect, begun = taken.effect, taken.begun
        if begun is None:
            if effect.not_before > self._clock.now():
                return False, effect.not_before
            if effect.state is not EffectState.PENDING:
                return await self._resolve(effect), None
            closed_from = self._breakers.closed_from(effect)
            if self._stopping or closed_from is not None:
                return False, closed_from
            tried = await self._beginnings.take(stream, flight, shut=lambda one: one.id != effect.id)
            begun = (tried and tried.begun) or ClaimResult.OTHERWISE
        if begun is ClaimResult.YES:
            async with self._tracing.effect(StepName.DELIVER, effect):
                return await self._attempt(effect), None
        return begun is ClaimResult.OTHERWISE, None

    def _is_shut(self, effect: Effect) -> bool:
        return self._stopping or self._breakers.is_open(effect)

    async def _attempt(self, effect: Effect) -> bool:
        """Carry it out once; whether its stream has more to do. What comes once it has ended wakes it."""
        handler = self._handlers[effect.kind]
        if effect.attempt_started is not None and self._is_old(effect, handler):
            # It was to be repeated soon, but the process died.
            await self._endings.look_again(effect, self._clock.now(), effect.reason)
            return True
        more = True
        try:
            started = effect.attempt_started if handler.settling is SettlingMethod.NONCE else None
            async with asyncio.timeout(longest(started, self._clock.now(), self._waits)):
                outcome = await handler.do(effect, self._effects.body(effect))
            more = await self._endings.record(effect, outcome)
            self._worked(effect)
        except TryLater as later:
            self._breakers.waits(effect)
            await self._endings.later(effect, later)
        except (SealDamaged, TextErased) as lost:
            await self._lost(effect, lost)
        except DeliveryRefused as refused:
            self._breakers.failed(effect)
            await self._endings.reject(effect, refused.reason)
        except TargetGone as gone:
            self._worked(effect)
            await self._endings.gone(effect, gone.reason)
        except DeliveryUnknown as unknown:
            self._breakers.failed(effect)
            await self._endings.doubt(effect, unknown.reason)
        except TimeoutError:
            self._breakers.failed(effect)
            await self._endings.doubt(effect, _TOO_LONG)
        return more

    async def _lost(self, effect: Effect, lost: SealDamaged | TextErased) -> None:
        """End it, not done nor looked for: its contents are gone."""
        if isinstance(lost, SealDamaged):
            log.error("integrity: an effect does not open", extra={"effect": effect.id, "kind": effect.kind})
        await self._endings.give_up(effect, lost.reason)

    def _worked(self, effect: Effect) -> None:
        for stream in self._breakers.worked(effect):
            self._hint(stream)

    # ── an attempt of unknown fate ──

    async def _resolve(self, effect: Effect) -> bool:
        """Find out what became of an attempt; False when there is no place yet in which to look for it."""
        if effect.state is EffectState.SENDING:
            if await self.flights.elsewhere(effect):
                return False
            await self._endings.doubt(effect, STOPPED)  # an attempt that was torn away
            return True
        if not await self._beginnings.ready(effect):
            return False
        async with self._tracing.effect(StepName.LOOK, effect):
            await self._settle(effect)
        return True

    async def _settle(self, effect: Effect) -> None:
        handler = self._handlers[effect.kind]
        known = handler.settling is SettlingMethod.NONCE and not self._is_old(effect, handler)
        if handler.settling is SettlingMethod.REPEAT or known:
            await self._endings.reopen(effect)
            return
        try:
            async with asyncio.timeout(LONGEST):
                found = await handler.look(effect, self._effects.body(effect))
            if found is not None:
                await self._endings.record(effect, found)
                self._worked(effect)  # it had arrived after all: nothing is wrong on the other side
                return
        except TimeoutError:
            await self._unseen(effect, DeliveryUnknown(_TOO_LONG))
            return
        except (SealDamaged, TextErased) as lost:
            await self._lost(effect, lost)
            return
        except (TryLater, DeliveryUnknown, DeliveryRefused) as unseen:
            await self._unseen(effect, unseen)
            return
        except TargetGone as gone:
            # The place is no longer there. If there is another one by now, it is looked for there.
            if await self._endings.elsewhere(effect, gone.reason):
                return
        await self._not_found(effect)

    def _is_old(self, effect: Effect, handler: EffectHandler) -> bool:
        """Whether Discord may have forgotten the nonce of an earlier attempt, so that it is looked for."""
        started = effect.attempt_started or effect.created_at
        return handler.settling is SettlingMethod.NONCE and self._clock.now() >= started + self._waits.nonce

    async def _unseen(self, effect: Effect, unseen: TryLater | DeliveryUnknown | DeliveryRefused) -> None:
        now = self._clock.now()
        wait = patience(now - effect.settles_from, self._waits, self._rng)
        if isinstance(unseen, TryLater):
            wait = self._endings.delay(unseen, wait)
        paused = isinstance(unseen, TryLater) and unseen.paused
        await self._endings.look_again(effect, now + wait, unseen.reason, paused=paused)

    async def _not_found(self, effect: Effect) -> None:
        handler = self._handlers[effect.kind]
        now, since = self._clock.now(), effect.settles_from
        twice = (effect.attempt_started or effect.created_at) + self._waits.nonce + self._waits.settle[0]
        if now < last_look(since, self._waits):
            await self._endings.look_again(effect, next_look(since, now, self._waits) or now, effect.reason)
        elif handler.settling is SettlingMethod.NONCE and now < twice:
            await self._endings.look_again(
                effect, now + self._waits.settle[0], effect.reason
            )  # look twice (R6)
        elif handler.settling is SettlingMethod.ASK:
            await self._endings.absent(effect)
        else:
            await self._endings.reopen(effect, forget=True)
