"""The port of traces: what a webhook or a command led to, step by step.

A trace begins with a fact or a command, and its number is derived from that one's id. So each process finds
it again by what is stored anyway: the cause of an effect. Nothing travels between processes for it.
"""

from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Final, Protocol

from storage.records import Effect

REPEAT: Final = "repeat"  # the outcome of a first step that was told before: the trace has its beginning


class StepName(StrEnum):
    """Every step of a trace."""

    WEBHOOK = "webhook"  # is kept
    COMMAND = "command"  # of a member is kept
    DECIDE = "decide"  # what follows from a fact
    DELIVER = "deliver"  # an effect is carried out
    LOOK = "look"  # an effect of unknown fate is looked for
    CALL = "call"  # to one of the two networks, within one of those above


class Tracing(Protocol):
    """Is told of each step. Its words are kinds and outcomes, never ids, names or texts."""

    def step(
        self, name: StepName, cause: str, *, kind: str = "", first: bool = False
    ) -> AbstractContextManager[None]:
        """Around a step that belongs to this fact or command; `first`: its trace begins here."""

    def effect(self, name: StepName, effect: Effect) -> AbstractAsyncContextManager[None]:
        """Around an attempt at an effect, which belongs to whatever it follows from."""

    def ended(self, outcome: str) -> None:
        """Say how the step ended that is under way in this task; without one it means nothing."""

    def called(self, side: str, call: str, outcome: str, seconds: float) -> None:
        """Say that a call ended just now; one outside of every step is nobody's."""


class NoTracing(Tracing):
    """Nobody wants to know."""

    _nothing: Final = nullcontext()

    def step(
        self,
        name: StepName,  # noqa: ARG002 - the port's
        cause: str,  # noqa: ARG002 - likewise
        *,
        kind: str = "",  # noqa: ARG002 - likewise
        first: bool = False,  # noqa: ARG002 - likewise
    ) -> AbstractContextManager[None]:
        return self._nothing

    def effect(self, name: StepName, effect: Effect) -> AbstractAsyncContextManager[None]:  # noqa: ARG002 - likewise
        return self._nothing

    def ended(self, outcome: str) -> None:
        pass

    def called(self, side: str, call: str, outcome: str, seconds: float) -> None:
        pass


NO_TRACING: Final = NoTracing()
