"""Counts IDENTIFYs across restarts: a crash loop must not cost the token."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from bot.model.ports import Clock
from bot.model.shards import WHOLE, Shard
from storage.records import Millis

DAY: Millis = 86_400_000
PER_DAY = 200  # Discord resets the bot's token after 1,000 in 24 hours (R20)


class IdentifyBudget(Protocol):
    """The bridge's remaining introductions to Discord's gateway today, and the shard they are for."""

    @property
    def shard(self) -> Shard:
        """The part of the servers that a session with this budget is about."""

    async def wait(self) -> Millis:
        """Return the wait until the next IDENTIFY has room; 0: it has.

        Raises DatabaseUnreachable where several share the count, as `spend` does.
        """

    async def spend(self, concurrency: int = 1) -> Millis:
        """0: one IDENTIFY may be sent, and is counted before this returns; else none, for so long.

        `concurrency`: Discord's max_concurrency; shards whose numbers leave the same rest take turns.
        """


class DailyIdentifyBudget:
    """At most `per_day` in any 24 hours, kept by `keep` and found again by `kept`; for all servers."""

    shard = WHOLE

    def __init__(
        self,
        *,
        clock: Clock,
        kept: Iterable[Millis] = (),
        keep: Callable[[list[Millis]], None] = lambda _times: None,
        per_day: int = PER_DAY,
    ) -> None:
        self._clock = clock
        self._keep = keep
        self._per_day = per_day
        self._times = sorted(kept)

    async def wait(self) -> Millis:
        """See `IdentifyBudget`, as the other."""
        recent = self._recent()
        if len(recent) < self._per_day:
            return 0
        return recent[-self._per_day] + DAY - self._clock.now()

    async def spend(self, concurrency: int = 1) -> Millis:  # noqa: ARG002 - the protocol's
        if (wait := await self.wait()) > 0:
            return wait
        self._times = [*self._recent(), self._clock.now()]
        self._keep(self._times)
        return 0

    def _recent(self) -> list[Millis]:
        # A time in the future is a clock that jumped: counting it is the careful side.
        return [time for time in self._times if time > self._clock.now() - DAY]


def budget_in_file(path: Path, *, clock: Clock, per_day: int = PER_DAY) -> DailyIdentifyBudget:
    """A budget that survives restarts in a small file. A file that cannot be read counts as empty."""

    def keep(times: list[Millis]) -> None:
        written = path.with_suffix(".new")
        written.write_text(json.dumps(times), encoding="ascii")
        written.replace(path)

    try:
        kept = [int(time) for time in json.loads(path.read_text(encoding="ascii"))]
    except (OSError, ValueError, TypeError):
        kept = []
    return DailyIdentifyBudget(clock=clock, kept=kept, keep=keep, per_day=per_day)
