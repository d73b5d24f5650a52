"""Carries out waiting effects, stream by stream, and records how each one ended.

    pending → sending → done | rejected | unknown        unknown → done | absent
    absent → pending only by a person

`sending` is committed before a byte leaves. An effect of unknown fate is looked for, never repeated
blindly. One stream is drained by one task at a time, so order and single flight come for free.
"""

import random
from collections.abc import Awaitable, Callable, Mapping

from bot.relay.deeds import Becomes, Deed, Done, Moot, Outcome, Settling
from bot.relay.effects import Effects
from bot.relay.errors import Gone, Refused, TryLater, Unknown
from bot.relay.ports import Clock
from bot.relay.retry import Waits, backoff, last_look, next_look
from storage import outbox
from storage.database import Database, Transaction
from storage.records import Effect, EffectState, Millis, Stream

Watch = Callable[[Effect, str], None]
_STOPPED = "The bridge stopped while this was being sent."


class Deliveries:
    """Drains streams of the outbox."""

    def __init__(
        self,
        *,
        database: Database,
        effects: Effects,
        deeds: Mapping[str, Deed],
        clock: Clock,
        waits: Waits,
        rng: random.Random,
        watch: Watch = lambda _effect, _how: None,
    ) -> None:
        self._database = database
        self._effects = effects
        self._deeds = deeds
        self._clock = clock
        self._waits = waits
        self._rng = rng
        self._watch = watch

    async def recover(self) -> list[Stream]:
        """At start: what was being sent may have arrived. Returns every stream with open effects."""

        async def work(tx: Transaction) -> list[Stream]:
            now = self._clock.now()
            await outbox.recover(tx, now=now, not_before=now + self._waits.settle[0])
            return await outbox.open_streams(tx)

        return await self._database.write(work)

    async def drain(self, stream: Stream) -> Millis | None:
        """Carry out a stream's effects in order until one must wait; returns when to come back."""
        while True:
            effect = await self._database.read(lambda tx: outbox.head(tx, stream))
            if effect is None:
                return None
            now = self._clock.now()
            if effect.not_before > now:
                return effect.not_before
            if effect.state is EffectState.SENDING:
                await self._doubt(effect, _STOPPED)  # an attempt of this process that was torn away
                continue
            if effect.state is EffectState.UNKNOWN:
                await self._settle(effect)
                continue
            if not await self._begin(effect):
                return None
            await self._attempt(effect)

    async def _begin(self, effect: Effect) -> bool:
        deed = self._deeds[effect.kind]

        async def work(tx: Transaction) -> bool:
            if not await deed.ready(tx, effect):
                return False
            return await outbox.begin(tx, effect.id, self._clock.now())

        return await self._database.write(work)

    async def _attempt(self, effect: Effect) -> None:
        deed = self._deeds[effect.kind]
        try:
            outcome = await deed.do(effect, self._effects.body(effect))
        except TryLater as later:
            await self._later(effect, later)
        except Refused as refused:
            await self._reject(effect, refused.reason)
        except Gone as gone:
            await self._gone(effect, gone.reason)
        except Unknown as unknown:
            await self._doubt(effect, unknown.reason)
        else:
            await self._record(effect, outcome)

    async def _record(self, effect: Effect, outcome: Outcome) -> None:
        async def work(tx: Transaction) -> None:
            match outcome:
                case Done(external_id, then):
                    await self._end(tx, effect, EffectState.DONE, external_id=external_id)
                    if then is not None:
                        await then(tx)
                case Becomes(kind, body, then):
                    await self._effects.rewrite(tx, effect, kind=kind, body=body)
                    if then is not None:
                        await then(tx)
                case Moot(reason):
                    await self._end(tx, effect, EffectState.CANCELLED, reason=reason)

        await self._database.write(work)
        self._watch(effect, type(outcome).__name__.lower())

    async def _end(
        self,
        tx: Transaction,
        effect: Effect,
        state: EffectState,
        *,
        external_id: str | None = None,
        reason: str | None = None,
    ) -> None:
        await outbox.settle(
            tx, effect.id, state, now=self._clock.now(), external_id=external_id, reason=reason
        )
        await self._deeds[effect.kind].settled(tx, effect, state)

    async def _later(self, effect: Effect, later: TryLater) -> None:
        now = self._clock.now()
        if later.after is not None:
            wait = int(later.after * 1000)
        elif later.paused:
            wait = self._waits.paused
        else:
            wait = backoff(effect.attempts, self._waits, self._rng)

        async def work(tx: Transaction) -> None:
            charge = later.after is None and not later.paused
            await outbox.later(tx, effect.id, not_before=now + wait, reason=later.reason, charge=charge)
            if later.paused:
                await outbox.ask(tx, effect.id, later.reason)
            if effect.reason != later.reason:
                await self._deeds[effect.kind].settled(tx, effect, EffectState.PENDING)

        await self._database.write(work)
        self._watch(effect, "later")

    async def _reject(self, effect: Effect, reason: str) -> None:
        async def work(tx: Transaction) -> None:
            await self._end(tx, effect, EffectState.REJECTED, reason=reason)
            await outbox.ask(tx, effect.id, reason)

        await self._database.write(work)
        self._watch(effect, "rejected")

    async def _gone(self, effect: Effect, reason: str) -> None:
        async def work(tx: Transaction) -> None:
            again = await self._deeds[effect.kind].gone(tx, effect, reason)
            if again is not None:
                await outbox.later(tx, effect.id, not_before=again, reason=reason, charge=True)
                return
            await self._end(tx, effect, EffectState.REJECTED, reason=reason)
            await outbox.ask(tx, effect.id, reason)

        await self._database.write(work)
        self._watch(effect, "gone")

    async def _doubt(self, effect: Effect, reason: str) -> None:
        now = self._clock.now()
        deed = self._deeds[effect.kind]
        safe = deed.settling in (Settling.REPEAT, Settling.NONCE)
        wait = backoff(effect.attempts, self._waits, self._rng) if safe else self._waits.settle[0]

        async def work(tx: Transaction) -> None:
            await outbox.doubt(tx, effect.id, not_before=now + wait, reason=reason)
            await deed.settled(tx, effect, EffectState.UNKNOWN)

        await self._database.write(work)
        self._watch(effect, "unknown")

    # ── an attempt of unknown fate ──

    async def _settle(self, effect: Effect) -> None:
        deed = self._deeds[effect.kind]
        started = effect.attempt_started or effect.created_at
        within_nonce = self._clock.now() < started + self._waits.nonce
        if deed.settling is Settling.REPEAT or (deed.settling is Settling.NONCE and within_nonce):
            await self._reopen(effect)
            return
        try:
            found = await deed.look(effect, self._effects.body(effect))
        except (TryLater, Unknown) as unseen:
            wait = backoff(effect.attempts, self._waits, self._rng)
            await self._look_again(effect, self._clock.now() + wait, unseen.reason)
            return
        except (Gone, Refused):
            found = None  # the place to look in is gone: it cannot be found there any more
        if found is not None:
            await self._record(effect, found)
            return
        await self._not_found(effect, started)

    async def _not_found(self, effect: Effect, started: Millis) -> None:
        deed = self._deeds[effect.kind]
        now = self._clock.now()
        if now < last_look(started, self._waits):
            await self._look_again(effect, next_look(started, now, self._waits) or now, effect.reason)
        elif deed.settling is Settling.ASK:
            await self._absent(effect)
        else:
            await self._reopen(effect, forget=True)

    async def _look_again(self, effect: Effect, when: Millis, reason: str | None) -> None:
        await self._database.write(
            lambda tx: outbox.doubt(tx, effect.id, not_before=when, reason=reason or _STOPPED)
        )

    async def _absent(self, effect: Effect) -> None:
        async def work(tx: Transaction) -> None:
            await self._end(tx, effect, EffectState.ABSENT)
            await outbox.ask(tx, effect.id, "Looked for and not found: send it again, or discard it.")

        await self._database.write(work)
        self._watch(effect, "absent")

    async def _reopen(self, effect: Effect, *, forget: bool = False) -> None:
        now = self._clock.now()
        await self._database.write(lambda tx: outbox.reopen(tx, effect.id, now=now, forget=forget))


def drain_by_prefix(
    drains: Mapping[str, Callable[[Stream], Awaitable[Millis | None]]],
) -> Callable[[Stream], Awaitable[Millis | None]]:
    """One drain for the driver: facts under `in:`, effects under every other prefix."""

    async def drain(stream: Stream) -> Millis | None:
        prefix = stream.split(":", 1)[0]
        return await drains.get(prefix, drains[""])(stream)

    return drain
