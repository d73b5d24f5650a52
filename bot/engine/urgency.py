"""Tells lines and replies from what dresses them, and queues the former first."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Generic, TypeVar

from storage.engine.write_queue import patiently
from storage.records import Stream

T = TypeVar("T", bound=Hashable)

# Cards and tags, late edits, boards, digests, looks at campaigns and posts, removals, offers, the next forum,
# events for programs.
PATIENT: Final = frozenset(
    {"cd", "ed", "af", "bo", "wb", "dg", "ca", "ps", "pt", "rm", "po", "to", "fo", "we"}
)
# Seconds by which what is patient counts as come later: so it waits, and is never forgotten.
LATER: Final = 5.0
_URGENT: ContextVar[bool] = ContextVar("urgent", default=True)


def is_urgent(stream: Stream) -> bool:
    """Whether people wait for what this stream does."""
    return stream.partition(":")[0] not in PATIENT


def urgent_now() -> bool:
    """Whether what this task does is urgent; all is, but the drains of patient streams."""
    return _URGENT.get()


@contextmanager
def as_urgent_as(stream: Stream) -> Iterator[None]:
    """What this task does meanwhile is as urgent as the stream is."""
    urgent = is_urgent(stream)
    token = _URGENT.set(urgent)
    try:
        with patiently(not urgent or _only_dresses(stream)):
            yield
    finally:
        _URGENT.reset(token)


def _only_dresses(stream: Stream) -> bool:
    """Whether it reads what is added to a line that stands there."""
    return stream.startswith("fr:") and stream.endswith((":media", ":card"))


class UrgencyQueue(Generic[T]):
    """First come, first served; what is patient counts as come later."""

    def __init__(self, later: float = LATER) -> None:
        """`later`: seconds."""
        self._later = later
        # Since when each waits, in this order.
        self._urgent: dict[T, float] = {}
        self._patient: dict[T, float] = {}

    def __len__(self) -> int:
        return len(self._urgent) + len(self._patient)

    def add(self, thing: T, now: float, *, urgent: bool) -> None:
        """It keeps its place if it waits already. `now`: seconds by any clock."""
        (self._urgent if urgent else self._patient).setdefault(thing, now)

    def remove(self, thing: T) -> None:
        """It waits no longer, if it did."""
        self._urgent.pop(thing, None)
        self._patient.pop(thing, None)

    def first(self, *, urgent_only: bool = False) -> T | None:
        """Whose turn it is; None: nobody's."""
        urgent, patient = next(iter(self._urgent), None), next(iter(self._patient), None)
        if urgent is None:
            return None if urgent_only else patient
        if patient is None or urgent_only or self._urgent[urgent] <= self._patient[patient] + self._later:
            return urgent
        return patient
