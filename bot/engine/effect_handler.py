"""The contract of an effect handler: ready, do it, look for it.

A handler makes one attempt at one outside call. It decides nothing: what follows from its end was written
down with the effect, or is added in the same commit that records the end (`Done.then`).
"""
# ruff: noqa: ARG002 -- a handler that has nothing to say keeps the default answer

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.model.errors import DeliveryRefused
from bot.model.language import english, msgid
from storage.database import Transaction
from storage.records import Effect, EffectState, FanId, Millis

Then = Callable[[Transaction], Awaitable[None]]
Body = Mapping[str, Any]


class SettlingMethod(Enum):
    """A way to settle an attempt of unknown fate (R6)."""

    REPEAT = "repeat"  # harmless to repeat: a read, an edit
    NONCE = "nonce"  # the same nonce within its window, later a search for the button's reference
    SEARCH = "search"  # looked for until the last look; found: done, not found: safe to do again
    ASK = "ask"  # looked for until the last look; not found: only a person sends it again


@dataclass(frozen=True)
class Done:
    """It took place. `then` is part of the commit that records it."""

    external_id: str | None = None
    then: Then | None = None


@dataclass(frozen=True)
class Parked(Done):
    """The same, with consequences that wait for a person: those who list them are told."""


@dataclass(frozen=True)
class ShownUnclear(Done):
    """The same, of a message of which nobody can tell whose it is: it is counted apart."""


@dataclass(frozen=True)
class Becomes:
    """Half of the way is done: the same effect goes on as another kind, in its place.

    `since`: as in `bot.engine.outbox.EffectRequest`.
    """

    kind: str
    body: Body
    then: Then | None = None
    since: Millis | None = None


@dataclass(frozen=True)
class Moot:
    """Nothing is left to do: the effect is cancelled, with a reason to show."""

    reason: str


Outcome = Done | Becomes | Moot


class EffectHandler:
    """One kind of effect. Subclasses do; `bot.engine.delivery` records."""

    settling = SettlingMethod.REPEAT
    # Whether it shows something on the creator's server, and so waits while the creator is not there. What
    # is taken away from there, or is told to one person elsewhere, does not wait.
    on_server = True

    @property
    def asks(self) -> bool:
        """Whether `ready` looks at anything: a handler that does not may always begin."""
        return type(self).ready is not EffectHandler.ready

    @property
    def begins_early(self) -> bool:
        """Whether it may begin in the commit that adds it: no doubt about it takes a person."""
        return self.settling in (SettlingMethod.REPEAT, SettlingMethod.NONCE)

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Whether it may begin now; an effect that is not ready is woken by what it waits for.

        Where it `begins_early` it is asked by the transaction that adds it, too.
        """
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """One attempt. Raises one of the four of `bot.model.errors`."""
        raise NotImplementedError

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Whether an earlier attempt took place. Raises `TryLater` when it cannot be seen now."""
        return None

    def question(self, effect: Effect) -> str:
        """Return the question to a person, who alone may have it done again after a vain search."""
        return english("We searched for it: send it again, or discard it.")

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The target is gone: decide again. When to try again (0: as soon as ready), None: never."""
        return None

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """The effect changed its state to something a person should see."""


def both(one: Then, other: Then) -> Then:
    """Two things that belong into the same commit, in this order."""

    async def then(tx: Transaction) -> None:
        await one(tx)
        await other(tx)

    return then


def fan_of(effect: Effect) -> FanId:
    """Return an effect's fan. Raises Refused when it names nobody."""
    if effect.fan is None:
        raise DeliveryRefused(msgid("This names no fan."))
    return effect.fan
