"""Counts what is turned away at the webhooks' address, and tells people (A1, A2).

Nothing here is stored while a request is answered: whoever forges webhooks must not make the bridge write.
Counts are kept in memory and stored every few seconds; a kill loses those, and no event.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.desk import wording
from bot.metrics import Metrics
from bot.relay.effects import Effects, wanted_alert
from bot.relay.ports import Clock
from storage import creators, rejections
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.records import CreatorId, Millis
from storage.rejections import Rejection, UsedKey

log = logging.getLogger(__name__)

_IN_A_ROW = 3
_HOUR: Millis = 3_600_000
_DAY: Millis = 86_400_000
_KEPT_DAYS = 30
_PATIENCE = 5.0  # seconds between two heartbeats while nothing happens
_MOST = 1000  # pairs of reason and source between two writes; what comes after counts among the others


@dataclass(frozen=True)
class Keys:
    """The secrets as the settings and the subscriptions give them: `fixed` of them are the settings'."""

    secrets: Callable[[], Sequence[str]]
    fixed: int

    def place(self, key: int) -> str:
        """Where a secret comes from; few words, for they are a label of a figure."""
        return f"FANVUE_WEBHOOK_SECRETS {key + 1}" if key < self.fixed else "subscription"


class Door:
    """Takes notes; `run` stores them and tells."""

    def __init__(
        self,
        *,
        database: Database,
        effects: Effects,
        clock: Clock,
        hashed: Callable[[str], str],
        hint: Callable[[CreatorId], None],
        metrics: Metrics,
    ) -> None:
        """`hashed` needs this installation's key; `hint` has a board looked at."""
        self._database = database
        self._effects = effects
        self._clock = clock
        self._hashed = hashed
        self._hint = hint
        self._metrics = metrics
        self._refused: Counter[tuple[str, str]] = Counter()
        self._used: Counter[tuple[str, str]] = Counter()
        self._stale_in_a_row = 0
        self._stale_since: Millis | None = None
        self._raised = False  # the alarm, by this process or by one that it took the place of
        self._changed = asyncio.Event()

    def signed(self, keys: Keys, key: int) -> None:
        """A webhook was good; `key` is the place of its secret."""
        place = keys.place(key)
        self._used[self._hashed(keys.secrets()[key]), place] += 1
        self._metrics.webhook_key(place)
        self._stale_in_a_row = 0
        if self._stale_since is not None:
            self._stale_since = None
            self._changed.set()

    def refused(self, reason: str, address: str | None) -> None:
        """A webhook was turned away; nothing is kept of the address but a hash."""
        source = self._hashed(address or "")
        known = (reason, source) in self._refused or len(self._refused) < _MOST
        self._refused[reason, source if known else rejections.OTHERS] += 1
        self._stale_in_a_row = self._stale_in_a_row + 1 if reason == rejections.STALE else 0
        if self._stale_in_a_row == _IN_A_ROW:
            log.error("signed webhooks are minutes away from this clock: check the clock, or it is a replay")
            self._stale_since = self._stale_since or self._clock.now()
            self._changed.set()

    async def probe(self) -> str | None:
        """For /readyz: what is wrong; None when all is well."""
        return None if self._stale_since is None else wording.CLOCK

    async def run(self, beat: Callable[[], None], *, pause: float = 10.0) -> None:
        """Store what was noted every `pause` seconds, and at once what must be told."""
        self._stale_since = self._stale_since or await self._database.read(_stale_since)
        self._raised = self._stale_since is not None
        quiet = 0.0
        while True:
            beat()
            patience = min(pause, _PATIENCE)
            try:
                async with asyncio.timeout(patience):
                    await self._changed.wait()
            except TimeoutError:
                quiet += patience
                if quiet < pause:
                    continue
            quiet = 0.0
            await self.store()

    async def store(self) -> None:
        """Store what was noted until now; what cannot be stored is noted still."""
        self._changed.clear()
        refused, self._refused = self._refused, Counter()
        used, self._used = self._used, Counter()
        since, now = self._stale_since, self._clock.now()

        async def work(tx: Transaction) -> tuple[int, list[CreatorId]]:
            for (reason, source), number in refused.items():
                await rejections.add(tx, Rejection(_day(now), reason, source, number))
            for (key, place), number in used.items():
                await rejections.used(tx, UsedKey(key, place, number, now))
            await rejections.forget(tx, before=_day(now - _KEPT_DAYS * _DAY))
            today = {row.source for row in await rejections.since(tx, _day(now))}
            return len(today), await self._tell(tx, since)

        try:
            sources, changed = await self._database.write(work)
        except DatabaseUnreachable as error:
            log.warning("counts of the webhooks' address are not stored yet: %s", error)
            self._refused.update(refused)
            self._used.update(used)
            return
        self._raised = since is not None
        self._metrics.refused_sources(sources)
        for creator in changed:
            self._hint(creator)

    async def _tell(self, tx: Transaction, since: Millis | None) -> list[CreatorId]:
        """Make the alarm what it should be; whose boards must change for it."""
        if since is None and not self._raised:
            return []  # all is well here; another process may have found otherwise
        if (await _stale_since(tx) is None) == (since is None):
            return []
        linked = [link.creator for link in await creators.active_links(tx)]
        if since is None:
            await rejections.end_alarm(tx, rejections.STALE)
            return linked
        await rejections.raise_alarm(tx, rejections.STALE, since)
        for creator in linked:
            # However often it comes and goes, it is told once in an hour.
            cause = f"clock:{creator}:{since // _HOUR}"
            wanted = wanted_alert(creator, cause=cause, part="told", post=wording.clock_alert())
            await self._effects.add(tx, wanted)
        return linked


async def _stale_since(tx: Transaction) -> Millis | None:
    return await rejections.alarm(tx, rejections.STALE)


def _day(at: Millis) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")
