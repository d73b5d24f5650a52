"""Begins an effect in the commit that adds it, where nothing is in its way.

It saves a commit, and a turn of the driver: `sending` is durable before a byte leaves, as always. What was
begun so and not attempted when a process dies is in doubt as all that is `sending`. So only what needs no
person then is begun so: its nonce, or doing it again, settles it (`EffectHandler.begins_early`).
"""

from collections.abc import Callable, Mapping
from functools import partial

from bot.engine.effect_handler import EffectHandler
from bot.engine.in_flight import InFlightAttempts
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import stream_heads
from storage.records import Effect, EffectState, Stream

_AT_MOST = 8  # begun and not yet attempted: each is in doubt should the process die now

Free = Callable[[], bool]


def never() -> bool:
    """Nothing is begun early."""
    return False


class EarlyClaimer:
    """Pending → sending as a transaction ends that added it. One that is begun is drained right after."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, EffectHandler],
        flights: InFlightAttempts,
        clock: Clock,
        *,
        free: Free,
        shut: Callable[[Effect], bool],
    ) -> None:
        """`free`: whether a stream that is woken now is drained at once. `shut`: it had better not begin."""
        self._database = database
        self._handlers = handlers
        self._flights = flights
        self._clock = clock
        self._free = free
        self._shut = shut
        self._begun: dict[Stream, Effect] = {}  # as they were before, by the loop
        self._open = False

    def open(self) -> None:
        """From now on: what an earlier process left was looked at."""
        self._open = True

    def close(self) -> None:
        """No more from now on."""
        self._open = False

    def added(self, tx: Transaction, effect: Effect) -> None:
        """Say that this transaction adds it, and that nothing of its stream stands before it."""
        handler = self._handlers.get(effect.kind) if self._open else None
        # What is asked of Fanvue has queues and budgets of its own.
        if (
            handler is not None
            and handler.begins_early
            and effect.network == "discord"
            and effect.state is EffectState.PENDING  # not one that an earlier database may have done
            and effect.not_before <= self._clock.now()
        ):
            # At the end: until then the transaction may put it off, or end it.
            tx.at_end(f"begin {effect.id}", partial(self._begin, effect=effect, handler=handler))

    def take(self, stream: Stream) -> Effect | None:
        """What was begun of a stream and is to be attempted now, as it was before."""
        return self._begun.pop(stream, None)

    async def give_back(self) -> None:
        """Let what was not attempted wait again: this process begins nothing more."""
        left = [self._begun.popitem()[1] for _ in range(len(self._begun))]

        async def work(tx: Transaction) -> None:
            for effect in left:
                await stream_heads.give_back(tx, effect.id)

        if left:
            await self._database.write(work)

    async def _begin(self, tx: Transaction, effect: Effect, handler: EffectHandler) -> None:
        if len(self._begun) >= _AT_MOST or not self._free() or self._shut(effect):
            return
        if handler.asks and not await handler.ready(tx, effect):
            return
        if await stream_heads.begin_free(tx, effect.id, self._clock.now(), holder=self._flights.me):
            # Within the transaction: whoever drains the stream now must not take it for a lost one.
            self._flights.begins(effect.id)
            tx.on_commit(partial(self._begun.__setitem__, effect.stream, effect))
