"""Counts requests turned away at the webhooks' address, and tells people (A1, A2).

Nothing here is stored while a request is answered: forged webhooks must not make the bridge write.
Counts are kept in memory and stored every few seconds; a kill loses those, and no event.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.engine.channel_languages import in_channels
from bot.engine.metrics import BridgeMetrics
from bot.engine.outbox import wanted_alert
from bot.features.operations.problems import texts
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.operations import webhook_rejections
from storage.operations.webhook_rejections import UsedWebhookSecret, WebhookRejection
from storage.people import creators
from storage.records import CreatorId, Millis

log = logging.getLogger(__name__)

_STALE_IN_A_ROW = 3
# Where the secret has signed something before, a few others may be forged; ten and no good one are not.
_WRONG_IN_A_ROW = 10
_HOUR: Millis = 3_600_000
_DAY: Millis = 86_400_000
_KEPT_DAYS = 30
_PATIENCE = 5.0  # seconds between two heartbeats while nothing happens
_MOST = 1000  # pairs of reason and source between two writes; what comes after counts among the others


@dataclass(frozen=True)
class WebhookSecretSet:
    """The secrets as the settings and the subscriptions give them: `fixed` of them are the settings'."""

    secrets: Callable[[], Sequence[str]]
    fixed: int

    def place(self, key: int) -> str:
        """The origin of a secret; few words, for they are a label of a metric."""
        return f"FANVUE_WEBHOOK_SECRETS {key + 1}" if key < self.fixed else "subscription"


@dataclass
class _DeliveryAlarm:
    """Something that is wrong with all deliveries at once."""

    name: str  # as it is stored, and the reason for which deliveries are turned away
    cause: str  # of its alerts
    alert: Callable[[], Post]
    in_a_row: int = 0
    since: Millis | None = None
    raised: bool = False  # by this process or by one that it took the place of

    def over(self) -> bool:
        """A delivery shows that it is right; whether it was not."""
        was, self.in_a_row, self.since = self.since is not None, 0, None
        return was


class WebhookRejectionCounter:
    """Takes notes; `run` stores them and tells."""

    def __init__(self, ctx: Context, *, hint: Callable[[CreatorId], None], metrics: BridgeMetrics) -> None:
        """`hashed` needs this installation's key; `hint` has a board looked at."""
        self._ctx = ctx
        self._hashed = ctx.effects.ids.hashed
        self._hint = hint
        self._metrics = metrics
        self._refused: Counter[tuple[str, str]] = Counter()
        self._used: Counter[tuple[str, str]] = Counter()
        self._stale = _DeliveryAlarm(webhook_rejections.STALE, "clock", texts.clock_alert)
        self._wrong = _DeliveryAlarm(webhook_rejections.WRONG, "secret", texts.secret_alert)
        self._secrets: Callable[[], Sequence[str]] = tuple
        self._changed = asyncio.Event()

    def signed(self, keys: WebhookSecretSet, key: int) -> None:
        """A webhook was good; `key` is the place of its secret."""
        place = keys.place(key)
        self._used[self._hashed(keys.secrets()[key]), place] += 1
        self._metrics.webhook_key(place)
        if self._stale.over() | self._wrong.over():
            self._changed.set()

    def refused(self, keys: WebhookSecretSet, reason: str, address: str | None) -> None:
        """A webhook was turned away; nothing is kept of the address but a hash."""
        source = self._hashed(address or "")
        known = (reason, source) in self._refused or len(self._refused) < _MOST
        self._refused[reason, source if known else webhook_rejections.OTHERS] += 1
        stale, wrong = self._stale, self._wrong
        stale.in_a_row = stale.in_a_row + 1 if reason == stale.name else 0
        if stale.in_a_row == _STALE_IN_A_ROW:
            log.error("signed webhooks are minutes away from this clock: check the clock, or it is a replay")
            stale.since = stale.since or self._ctx.clock.now()
            self._changed.set()
        if reason == stale.name and wrong.over():
            self._changed.set()  # late, and signed with a secret that is known
        if reason == wrong.name:
            self._secrets = keys.secrets
            wrong.in_a_row += 1
            if wrong.in_a_row in (1, _WRONG_IN_A_ROW):
                self._changed.set()  # what is stored tells whether this secret was ever right

    async def clock_probe(self) -> str | None:
        """For /readyz: whether signed deliveries come at the wrong time; None when all is well."""
        return None if self._stale.since is None else tr(texts.CLOCK)

    async def secret_probe(self) -> str | None:
        """For /readyz: whether deliveries are signed with another secret; None when all is well."""
        return None if self._wrong.since is None else tr(texts.UNKNOWN_SIGNATURE)

    async def run(self, beat: Callable[[], None], *, pause: float = 10.0) -> None:
        """Store what was noted every `pause` seconds, and at once what must be told."""
        await self.recall()
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

    async def recall(self) -> None:
        """Recall the alarm from before this process; not the secrets', which may be others since."""
        stale = self._stale
        stale.since = stale.since or await self._ctx.database.read(
            partial(webhook_rejections.alarm, name=stale.name)
        )
        stale.raised = stale.since is not None
        self._wrong.raised = True  # so that it is ended unless a delivery shows it again

    async def store(self) -> None:
        """Store the notes made until now; those that cannot be stored are kept."""
        self._changed.clear()
        refused, self._refused = self._refused, Counter()
        used, self._used = self._used, Counter()
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> tuple[int, set[CreatorId], Mapping[str, Millis | None]]:
            for (reason, source), number in refused.items():
                await webhook_rejections.add(tx, WebhookRejection(_day(now), reason, source, number))
            for (key, place), number in used.items():
                await webhook_rejections.used(tx, UsedWebhookSecret(key, place, number, now))
            await webhook_rejections.forget(tx, before=_day(now - _KEPT_DAYS * _DAY))
            today = {row.source for row in await webhook_rejections.since(tx, _day(now))}
            since = {self._stale.name: self._stale.since, self._wrong.name: await self._wrong_since(tx, now)}
            changed = [await self._tell(tx, alarm, since[alarm.name]) for alarm in (self._stale, self._wrong)]
            return len(today), set().union(*changed), since

        try:
            sources, changed, since = await self._ctx.database.write(work)
        except DatabaseUnreachable as error:
            log.warning("counts of the webhooks' address are not stored yet: %s", error)
            self._refused.update(refused)
            self._used.update(used)
            return
        self._stored(since)
        self._metrics.refused_sources(sources)
        for creator in changed:
            self._hint(creator)

    def _stored(self, since: Mapping[str, Millis | None]) -> None:
        for alarm in (self._stale, self._wrong):
            alarm.raised = since[alarm.name] is not None
        found, wrong = since[self._wrong.name], self._wrong
        if found is not None and wrong.since is None and wrong.in_a_row:
            log.error("%s", texts.UNKNOWN_SIGNATURE)
            wrong.since = found

    async def _wrong_since(self, tx: Transaction, now: Millis) -> Millis | None:
        """Since when deliveries come that none of the secrets has signed, and none comes that one has."""
        wrong = self._wrong
        if not wrong.in_a_row:
            return None
        own = {self._hashed(secret) for secret in self._secrets()}
        signed = [key.last_at for key in await webhook_rejections.keys(tx) if key.key in own]
        if wrong.since is None:
            return now if not signed or wrong.in_a_row >= _WRONG_IN_A_ROW else None
        if max(signed, default=0) > wrong.since:  # as another process has seen
            wrong.over()
        return wrong.since

    async def _tell(self, tx: Transaction, alarm: _DeliveryAlarm, since: Millis | None) -> list[CreatorId]:
        """Raise or end the alarm; return the creators whose boards must change."""
        if since is None and not alarm.raised:
            return []  # all is well here; another process may have found otherwise
        if (await webhook_rejections.alarm(tx, alarm.name) is None) == (since is None):
            return []
        linked = [link.creator for link in await creators.active_links(tx)]
        if since is None:
            await webhook_rejections.end_alarm(tx, alarm.name)
            return linked
        await webhook_rejections.raise_alarm(tx, alarm.name, since)
        for creator in linked:
            # However often it comes and goes, it is told once in an hour.
            cause = f"{alarm.cause}:{creator}:{since // _HOUR}"
            async with in_channels(tx, creator):
                wanted = wanted_alert(creator, cause=cause, part="told", post=alarm.alert())
            await self._ctx.effects.add(tx, wanted)
        return linked


def _day(at: Millis) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")
