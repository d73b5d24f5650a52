"""Makes a span of each step, under numbers that every process derives alike.

A trace's number and that of its first span are made of the fact's or the command's id under the secret of the
installation. A span is made when its step ends, so one that a kill tore away is missing.
"""

import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.engine.tracing import REPEAT, StepName, Tracing
from storage.database import Database
from storage.engine.causes import RootCause, root_cause
from storage.errors import StorageError
from storage.records import Effect

_TRACE_BYTES, _SPAN_BYTES = 16, 8
_SECOND_NS: Final = 1_000_000_000
_FAILED: Final = "failed"


@dataclass(frozen=True)
class StepSpan:
    """A step that has ended. Times are nanoseconds since 1970."""

    name: str
    trace: int
    span: int
    parent: int | None
    began: int
    ended: int
    words: Mapping[str, str | int]
    step: StepName


def _drawn() -> int:
    return secrets.randbits(8 * _SPAN_BYTES) or 1  # zero is no number


@dataclass
class _OpenStep:
    trace: int
    span: int
    outcome: str = ""


# Of the task: calls are told of from within the HTTP clients.
_STEP: ContextVar[_OpenStep | None] = ContextVar("traced step", default=None)


@dataclass(frozen=True)
class StepRecorder(Tracing):
    """`numbers`: 24 bytes of an id, the same in each process. `tell` gets what has ended."""

    numbers: Callable[[str], bytes]
    database: Database
    tell: Callable[[StepSpan], None]
    now: Callable[[], int] = time.time_ns
    draw: Callable[[], int] = _drawn

    @contextmanager
    def step(self, name: StepName, cause: str, *, kind: str = "", first: bool = False) -> Iterator[None]:
        """See `Tracing`."""
        trace, root = self._numbers(cause)
        with self._open(name, trace, root if first else None, parent=root, words=_words(kind=kind)):
            yield

    @asynccontextmanager
    async def effect(self, name: StepName, effect: Effect) -> AsyncIterator[None]:
        """See `Tracing`. What follows from no fact and no command is a trace of its own."""
        cause = await self._cause(effect)
        trace, root = self._numbers(cause.id)
        words = _words(kind=effect.kind, network=effect.network, attempt=effect.attempts + 1)
        with self._open(name, trace, None, parent=root if cause.known else None, words=words):
            yield

    def ended(self, outcome: str) -> None:
        """See `Tracing`."""
        if (step := _STEP.get()) is not None:
            step.outcome = outcome

    def called(self, side: str, call: str, outcome: str, seconds: float) -> None:
        """See `Tracing`."""
        if (step := _STEP.get()) is None:
            return
        ended = self.now()
        self.tell(
            StepSpan(
                name=f"{StepName.CALL} {side} {call}",
                trace=step.trace,
                span=self.draw(),
                parent=step.span,
                began=ended - int(max(seconds, 0.0) * _SECOND_NS),
                ended=ended,
                words={"network": side, "kind": call, "outcome": outcome},
                step=StepName.CALL,
            )
        )

    @contextmanager
    def _open(
        self,
        name: StepName,
        trace: int,
        span: int | None,
        *,
        parent: int | None,
        words: Mapping[str, str | int],
    ) -> Iterator[None]:
        """`span`: that of the trace's first step, which has no parent."""
        step = _OpenStep(trace, span or self.draw())
        token, began = _STEP.set(step), self.now()
        try:
            yield
        except BaseException:
            step.outcome = step.outcome or _FAILED
            raise
        finally:
            _STEP.reset(token)
            first = span is not None and step.outcome != REPEAT
            if span is not None and not first:
                step.span = self.draw()
            self.tell(
                StepSpan(
                    name=" ".join(map(str, filter(None, (name, words.get("kind"))))),
                    trace=trace,
                    span=step.span,
                    parent=None if first else parent,
                    began=began,
                    ended=max(began, self.now()),
                    words={**words, **_words(outcome=step.outcome)},
                    step=name,
                )
            )

    async def _cause(self, effect: Effect) -> RootCause:
        try:
            return await self.database.read(partial(root_cause, effect=effect))
        except StorageError:
            return RootCause(effect.id, known=False)  # a trace is worth no failure

    def _numbers(self, cause: str) -> tuple[int, int]:
        made = self.numbers(cause)
        # Zero is no number; nobody will see it come up.
        return int.from_bytes(made[:_TRACE_BYTES]) or 1, int.from_bytes(made[_TRACE_BYTES:]) or 1


def _words(**said: str | int) -> dict[str, str | int]:
    return {name: word for name, word in said.items() if word != ""}
