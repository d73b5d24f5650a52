"""What can go wrong with one call to a stand-in, switched on before it happens."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar, cast

from bot.model.errors import DeliveryFailed, DeliveryUnknown
from storage.records import Millis
from tests.relay.clock_fixtures import SettableClock

T = TypeVar("T")


class LostAnswer:
    """The call is carried out, its answer gets lost."""


class ResetConnection:
    """The call is not carried out, and nobody can tell."""


@dataclass
class LateCall:
    """The call hangs for `hangs`, its answer gets lost, and it is carried out only `by` after that."""

    by: Millis
    hangs: Millis = 0


@dataclass
class WrongAnswer:
    """The call is not carried out and answered all the same, with something that is not its own."""

    answer: object


@dataclass
class HeldCall:
    """The call hangs until `go`; it was carried out before, if `done`; its answer gets lost, if `lost`."""

    done: bool
    lost: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)


Fault = LostAnswer | ResetConnection | LateCall | WrongAnswer | HeldCall | DeliveryFailed


class FaultSwitchboard:
    """The switchboard of one stand-in."""

    def __init__(self, clock: SettableClock) -> None:
        self.down: DeliveryFailed | None = None  # while set, nothing is carried out
        self.chance: Callable[[str], Fault | None] = lambda _call: None  # what goes wrong by itself
        self.calls: dict[str, int] = defaultdict(int)
        self._clock = clock
        self._next: dict[str, deque[Fault]] = defaultdict(deque)
        self._late: list[tuple[Millis, Callable[[], object]]] = []

    def add(self, call: str, *faults: Fault) -> None:
        """The next calls of this name go wrong, one after the other."""
        self._next[call].extend(faults)

    async def around(self, call: str, deed: Callable[[], T]) -> T:
        """Carry out one call, as well as it goes."""
        self.calls[call] += 1
        self.catch_up()
        if self.down is not None:
            raise self.down
        match self._next[call].popleft() if self._next[call] else self.chance(call):
            case None:
                return deed()
            case LostAnswer():
                deed()
            case ResetConnection():
                pass
            case LateCall(by, hangs):
                self._clock.at += hangs
                self._late.append((self._clock.now() + by, deed))
            case WrongAnswer(answer):
                return cast("T", answer)
            case HeldCall() as held:
                return await self._hold(held, deed)
            case DeliveryFailed() as failed:
                raise failed
        raise DeliveryUnknown("The answer got lost.")

    def catch_up(self) -> None:
        """Carry out what is late and due by now, as if at the time when it was due."""
        now = self._clock.now()
        due = [one for one in self._late if one[0] <= now]
        self._late = [one for one in self._late if one[0] > now]
        for at, deed in due:
            self._clock.at = at
            with suppress(DeliveryFailed):  # by then its target may be gone; nobody hears of it
                deed()
        self._clock.at = now

    async def _hold(self, held: HeldCall, deed: Callable[[], T]) -> T:
        results = [deed()] if held.done else []
        held.reached.set()
        await held.go.wait()
        result = results[0] if results else deed()
        if held.lost:
            raise DeliveryUnknown("The answer got lost.")
        return result
