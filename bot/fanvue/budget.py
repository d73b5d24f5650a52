"""Shares Fanvue's rate limit between lanes, following the headers of its answers.

Nothing here waits: a lane whose share is spent gets RequestRateLimited with the seconds until the bucket
refills. Fanvue refills whole buckets (contract README, section 4), one per identity and managed
creator, and a few operations have a bucket of their own.
"""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum

from bot.fanvue.error_answers import retry_after
from bot.fanvue.errors import RequestRateLimited
from bot.model.ports import Clock
from storage.records import LinkId, Millis

_LIMIT = 200  # a start value; the headers are the truth
_WINDOW: Millis = 60_000
_LONGEST_WINDOW: Millis = 120_000  # a reset further away than this is a clock that is wrong
_TOO_MANY = 429
_NUMBER = re.compile(r"[0-9]{1,15}")


# One request of a bucket by its name, where a share of a burst is spared: 0, or seconds until there is room.
Share = Callable[[str, float], Awaitable[float]]


class RequestLane(Enum):
    """A kind of caller; its value is the share of the bucket to leave for those who matter more.

    One fifth stays unused (R21), a sweep gets 40 % at most (R8). Reads of chats are in the order of
    `bot.model.read_purposes`. A refused lane has `SURE` of the bucket, which nobody above takes.
    """

    REPLY = 0.20
    SETTLE = 0.25
    TEXT = 0.35
    OWN = 0.40
    REFRESH = 0.50  # a person looks at it
    MEDIA = 0.55
    CARD = 0.57
    HISTORY = 0.59
    SWEEP = 0.60
    REPORTS = 0.75
    LEDGER = 0.85  # nobody waits for it


SURE = 0.02  # of the bucket, in each window, for each lane that asks


@dataclass(frozen=True)
class RateBucket:
    """Fanvue's unit of counting: one identity, the managed creator or "", the operation or ""."""

    link: LinkId
    creator: str = ""
    operation: str = ""


@dataclass
class _BucketState:
    limit: int
    remaining: int
    resets_at: Millis
    flying: int = 0
    closed_until: Millis = 0
    kept: int = 0  # requests that are about to be made, of which it was asked whether there is room
    spent: Counter[RequestLane] = field(default_factory=Counter)  # in this window
    refused: set[RequestLane] = field(default_factory=set)  # in this window
    hungry: set[RequestLane] = field(default_factory=set)  # in the window before

    def has_room(self, lane: RequestLane, *, beside: int = 0) -> bool:
        """Whether this lane may make one more request now, and so many others one each."""
        left = self.remaining - 1 - beside
        if left - self._owed(lane) >= lane.value * self.limit:
            return True
        return self.spent[lane] + beside < SURE * self.limit and left >= RequestLane.REPLY.value * self.limit

    def leaves(self, lane: RequestLane) -> float:
        """The share that its request leaves among all processes: a small one, once, where it was refused."""
        waited = lane in self.refused | self.hungry
        return RequestLane.REPLY.value if waited and self.spent[lane] <= SURE * self.limit else lane.value

    def _owed(self, lane: RequestLane) -> float:
        """Return the share owed to others who were refused and did not have it yet."""
        others = (self.refused | self.hungry) - {lane}
        return sum(max(SURE * self.limit - self.spent[other], 0) for other in others)

    def refill(self, now: Millis, window: Millis) -> None:
        self.remaining = max(self.limit - self.flying, 0)
        self.resets_at = now + window
        self.hungry, self.refused = self.refused, set()
        self.spent.clear()


@dataclass
class _KeptPlace:
    state: _BucketState
    used: bool = False

    def __post_init__(self) -> None:
        self.state.kept += 1

    def give_back(self) -> None:
        if not self.used:
            self.used = True
            self.state.kept -= 1


_PLACE: ContextVar[_KeptPlace | None] = ContextVar("place in a bucket", default=None)


class RequestBudget:
    """The remaining requests of every bucket that is in use."""

    def __init__(
        self, *, clock: Clock, limit: int = _LIMIT, window: Millis = _WINDOW, share: Share | None = None
    ) -> None:
        """`share`: other processes' spending of the same buckets counts too; None: there are none."""
        self._share = share
        self._clock = clock
        self._limit = limit
        self._window = window
        self._buckets: dict[RateBucket, _BucketState] = {}

    @contextmanager
    def asked(self, bucket: RateBucket, lane: RequestLane, *, kept: bool) -> Iterator[Millis | None]:
        """When this lane has room for one more request; None: now.

        `kept`: it is kept free from whoever else asks, until this task makes its request or the block ends.
        Who makes one without having asked is not kept from it.
        """
        state, now = self._current(bucket), self._clock.now()
        if now < state.closed_until:
            yield state.closed_until
        elif not state.has_room(lane, beside=state.kept):
            state.refused.add(lane)
            yield max(state.resets_at, now + 1)
        elif not kept:
            yield None
        else:
            place = _KeptPlace(state)
            mark = _PLACE.set(place)
            try:
                yield None
            finally:
                _PLACE.reset(mark)
                place.give_back()

    @contextmanager
    def spend(self, bucket: RateBucket, lane: RequestLane) -> Iterator[None]:
        """Take one request out of the bucket for as long as it is under way. Raises RequestRateLimited."""
        state = self._current(bucket)
        now = self._clock.now()
        if now < state.closed_until:
            raise RequestRateLimited("Fanvue asked to wait", after=(state.closed_until - now) / 1000)
        if not state.has_room(lane):
            state.refused.add(lane)
            wait = max(state.resets_at - now, 1) / 1000
            raise RequestRateLimited(f"the budget of {lane.name.lower()} requests is spent", after=wait)
        if (place := _PLACE.get()) is not None and place.state is state:
            place.give_back()
        state.remaining -= 1
        state.flying += 1
        state.spent[lane] += 1
        try:
            yield
        finally:
            state.flying -= 1

    async def agreed(self, bucket: RateBucket, lane: RequestLane) -> None:
        """Take the same request out of what all processes have. Raises RequestRateLimited."""
        if self._share is None:
            return
        key = f"{bucket.link}/{bucket.creator}/{bucket.operation}"
        state = self._current(bucket)
        wait = await self._share(key, state.leaves(lane))
        if wait > 0:
            state.refused.add(lane)
            state.spent[lane] -= 1
            raise RequestRateLimited(
                f"the budget of {lane.name.lower()} requests is spent elsewhere", after=wait
            )

    def note(self, bucket: RateBucket, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer. Call it inside `spend`."""
        state = self._current(bucket)
        now = self._clock.now()
        limit, remaining = _number(headers, "X-RateLimit-Limit"), _number(headers, "X-RateLimit-Remaining")
        if limit is not None and limit > 0:
            state.remaining += max(limit - state.limit, 0)  # more may be asked for at once
            state.limit = limit
        reset = _number(headers, "X-RateLimit-Reset")
        if remaining is not None:
            self._learn(state, remaining, reset, now)
        if status == _TOO_MANY:
            state.closed_until = max(state.closed_until, now + round(retry_after(headers) * 1000))
            state.remaining = 0
            told = state.resets_at if reset is not None else 0
            state.resets_at = max(told, state.closed_until)

    def remaining(self, bucket: RateBucket) -> int:
        """Return the requests believed to be left; for metrics and tests."""
        return self._current(bucket).remaining

    def _current(self, bucket: RateBucket) -> _BucketState:
        now = self._clock.now()
        state = self._buckets.get(bucket)
        if state is None:
            self._forget_idle(now)
            state = self._buckets[bucket] = _BucketState(self._limit, self._limit, now + self._window)
        elif state.resets_at <= now:
            state.refill(now, self._window)
        return state

    def _learn(self, state: _BucketState, remaining: int, reset: int | None, now: Millis) -> None:
        resets_at = now + self._window if reset is None else min(reset * 1000, now + _LONGEST_WINDOW)
        others = max(state.flying - 1, 0)  # under way and perhaps not yet counted by Fanvue
        told = max(remaining - others, 0)
        if reset is None or resets_at == state.resets_at:
            state.remaining = min(state.remaining, told)
        elif resets_at > now:  # else a late answer out of a window that is over
            state.remaining, state.resets_at = told, resets_at

    def _forget_idle(self, now: Millis) -> None:
        idle = [key for key, state in self._buckets.items() if state.resets_at <= now and not state.flying]
        for key in idle:
            del self._buckets[key]


def _number(headers: Mapping[str, str], name: str) -> int | None:
    value = headers.get(name, "")
    return int(value) if _NUMBER.fullmatch(value) else None
