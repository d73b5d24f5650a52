"""Records how a delivery ended, and what follows from it."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress

from bot.engine.effect_handler import Becomes, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits, backoff
from bot.model.errors import BotForbidden, SealDamaged, TextErased, TryLater
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import outbox, stream_heads, unresolved_effects
from storage.operations import attention
from storage.records import Effect, EffectState, Millis

Watch = Callable[[Effect, str], None]
STOPPED = msgid("The bridge stopped while this was being done.")


class OutcomeRecorder:
    """Writes down what became of an attempt; `watch` is told afterwards."""

    def __init__(
        self,
        *,
        database: Database,
        effects: Effects,
        handlers: Mapping[str, EffectHandler],
        clock: Clock,
        waits: RetryWaits,
        rng: random.Random,
        watch: Watch,
    ) -> None:
        self._database = database
        self._effects = effects
        self._handlers = handlers
        self._clock = clock
        self._waits = waits
        self._rng = rng
        self._watch = watch

    async def record(self, effect: Effect, outcome: Outcome) -> bool:
        """Whether its stream has more to do, as far as that is known already."""

        async def work(tx: Transaction) -> bool:
            more = True  # it waits again, as what it becomes
            match outcome:
                case Done(external_id):
                    more = await self._end(tx, effect, EffectState.DONE, external_id=external_id)
                case Becomes(kind, body, _, since):
                    await self._effects.rewrite(tx, effect, kind=kind, body=body, since=since)
                case Moot(reason):
                    return await self._end(tx, effect, EffectState.CANCELLED, reason=reason)
            if outcome.then is not None:
                await outcome.then(tx)
            return more

        more = await self._database.write(work)
        self._watch(effect, type(outcome).__name__.lower())
        return more

    async def _end(
        self,
        tx: Transaction,
        effect: Effect,
        state: EffectState,
        *,
        external_id: str | None = None,
        reason: str | None = None,
    ) -> bool:
        """Whether anything else of its stream is left."""
        left = await stream_heads.end(
            tx, effect.id, state, now=self._clock.now(), external_id=external_id, reason=reason
        )
        if left.awaited:
            await self._effects.trail.became(tx, effect, state)
        with suppress(SealDamaged, TextErased):  # what does not open cannot be shown either
            await self._handlers[effect.kind].settled(tx, effect, state)
        return left.more

    async def later(self, effect: Effect, later: TryLater) -> None:
        when = self._clock.now() + self.delay(later, backoff(effect.attempts, self._waits, self._rng))
        charge = later.after is None and not later.paused

        async def work(tx: Transaction) -> None:
            if effect.attempt_started is None:
                await outbox.later(tx, effect.id, not_before=when, reason=later.reason, charge=charge)
            else:
                # This attempt was surely not carried out, but an earlier one may have been.
                await unresolved_effects.doubt(tx, effect.id, not_before=when, reason=later.reason)
            if later.paused:
                await attention.ask(tx, effect.id, later.reason)
            if effect.reason != later.reason:
                await self._handlers[effect.kind].settled(tx, effect, EffectState.PENDING)

        await self._database.write(work)
        self._watch(effect, "forbidden" if isinstance(later, BotForbidden) else "later")

    def delay(self, later: TryLater, otherwise: Millis) -> Millis:
        if later.after is not None:
            return int(later.after * 1000)
        return self._waits.paused if later.paused else otherwise

    async def reject(self, effect: Effect, reason: str) -> None:
        nonce = self._handlers[effect.kind].settling is SettlingMethod.NONCE
        if nonce and effect.attempt_started is not None:
            # This attempt was refused, but an earlier one may have been carried out: that is looked for
            # first, or a person who has it posted again would have it posted twice.
            await self.doubt(effect, reason)
        else:
            await self.give_up(effect, reason)

    async def cancel(self, tx: Transaction, effect: Effect, reason: str) -> None:
        """It has not begun, and it will not: part of the caller's transaction."""
        await self._end(tx, effect, EffectState.CANCELLED, reason=reason)

    async def give_up(self, effect: Effect, reason: str) -> None:
        """Nothing can be done with it, nor looked for: a person is told, and what waits behind it goes on."""

        async def work(tx: Transaction) -> None:
            await self._end(tx, effect, EffectState.REJECTED, reason=reason)
            await attention.ask(tx, effect.id, reason)

        await self._database.write(work)
        self._watch(effect, "rejected")

    async def gone(self, effect: Effect, reason: str) -> None:
        now = self._clock.now()
        # Once is an accident; a target that is gone again and again must not be made anew without a pause.
        pause = backoff(effect.attempts, self._waits, self._rng) if effect.attempts else 0

        async def work(tx: Transaction) -> None:
            again = await self._handlers[effect.kind].gone(tx, effect, reason)
            if again is not None:
                when = max(again, now + pause)
                await outbox.later(tx, effect.id, not_before=when, reason=reason, charge=True)
                return
            await self._end(tx, effect, EffectState.REJECTED, reason=reason)
            await attention.ask(tx, effect.id, reason)

        await self._database.write(work)
        self._watch(effect, "gone")

    async def elsewhere(self, effect: Effect, reason: str) -> bool:
        """The place in which it is looked for is gone; False when it is all the same to its handler."""
        now = self._clock.now()

        async def work(tx: Transaction) -> bool:
            again = await self._handlers[effect.kind].gone(tx, effect, reason)
            if again is not None:
                await unresolved_effects.postpone(tx, effect.id, not_before=max(again, now), reason=reason)
            return again is not None

        return await self._database.write(work)

    async def doubt(self, effect: Effect, reason: str) -> None:
        now = self._clock.now()
        handler = self._handlers[effect.kind]
        safe = handler.settling in (SettlingMethod.REPEAT, SettlingMethod.NONCE)
        wait = backoff(effect.attempts, self._waits, self._rng) if safe else self._waits.settle[0]

        async def work(tx: Transaction) -> None:
            await unresolved_effects.doubt(tx, effect.id, not_before=now + wait, reason=reason, ended=now)
            await self._effects.trail.became(tx, effect, EffectState.UNKNOWN)
            await handler.settled(tx, effect, EffectState.UNKNOWN)

        await self._database.write(work)
        self._watch(effect, "unknown")

    async def look_again(
        self, effect: Effect, when: Millis, reason: str | None, *, paused: bool = False
    ) -> None:
        """`paused`: it cannot even be looked for until a person has helped."""
        why = reason or STOPPED

        async def work(tx: Transaction) -> None:
            await unresolved_effects.doubt(tx, effect.id, not_before=when, reason=why)
            if paused:
                await attention.ask(tx, effect.id, why)

        await self._database.write(work)
        self._watch(effect, "looked")

    async def absent(self, effect: Effect) -> None:
        async def work(tx: Transaction) -> None:
            await self._end(tx, effect, EffectState.ABSENT)
            await attention.ask(tx, effect.id, self._handlers[effect.kind].question(effect))

        await self._database.write(work)
        self._watch(effect, "absent")

    async def reopen(self, effect: Effect, *, forget: bool = False) -> None:
        now = self._clock.now()
        await self._database.write(
            lambda tx: unresolved_effects.reopen(tx, effect.id, now=now, forget=forget)
        )
