"""Counters and timings of the bridge, and their Prometheus text."""

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

# A message should be on the other side within 2 s, so the steps are finest around there.
_SECONDS: Final[Sequence[float]] = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600)
# A call is given up after 20 s.
_CALL_SECONDS: Final[Sequence[float]] = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20)


class BridgeMetrics:
    """All figures of one running bridge, in a registry of its own; labels hold kinds, never ids."""

    content_type: Final = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        # One list of all figures: what each is called, what it says, and by what it is told apart.
        self._registry = registry = CollectorRegistry()
        counter, gauge = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        self._webhooks = counter("bridge_webhooks", "Webhook deliveries by how they ended", ["outcome"])
        self._keys = counter("bridge_webhook_keys", "Good webhooks by the secret that signed them", ["key"])
        self._unread = gauge("bridge_chat_lists_unread", "Creators whose list of chats Fanvue refuses")
        self._skipped = counter(
            "bridge_fanvue_rows_skipped", "Rows that Fanvue did not tell enough of", ["rows"]
        )
        self._sources = gauge(
            "bridge_webhook_refused_sources", "Different sources whose webhooks were turned away today"
        )
        self._drift = _DriftTotals()
        registry.register(self._drift)
        self._effects = counter("bridge_effects", "Deliveries by how they ended", ["kind", "outcome"])
        self._lag = Histogram(
            "bridge_relay_lag_seconds",
            "From the decision to post a line to its being in Discord",
            buckets=_SECONDS,
            registry=registry,
        )
        self._pruned = counter(
            "bridge_rows_pruned", "Rows that were deleted because their time was over", ["table"]
        )
        self._refused = counter(
            "bridge_rights_refused",
            "Times that a row of rights was read that is not as it was signed",
            ["table"],
        )
        self._waiting = gauge("bridge_streams_waiting", "Streams with work to do")
        self._crashes = counter("bridge_task_crashes", "Background tasks that failed", ["task"])
        self._gateway = gauge("bridge_gateway_up", "1 while Discord's gateway is connected")
        self._missing = gauge(
            "bridge_gateway_sessions_missing",
            "Sessions with Discord that nobody holds, as a gateway process sees it",
        )
        self._calls = Histogram(
            "bridge_call_seconds",
            "From a call to the begin of its answer: to whom, of what kind, and how it ended",
            ["side", "call", "outcome"],
            buckets=_CALL_SECONDS,
            registry=registry,
        )
        self._looked_up(gauge)

    def _looked_up(self, gauge: Callable[..., Gauge]) -> None:
        """Those that are set for the reader: of the installation, and of this build."""
        self._backup = gauge(
            "bridge_backup_last_good_timestamp_seconds",
            "Unix time of the last backup that a trial restore has proven; 0: none",
        )
        self._offsite = gauge(
            "bridge_backup_offsite_timestamp_seconds",
            "Unix time when BACKUP_COMMAND last ended well; 0: never",
        )
        self._backup_failed = gauge(
            "bridge_backup_failed", "1 while the last try ended badly, by what was tried", ["what"]
        )

        self._check = gauge("bridge_check_failed", "1 while a check of /readyz finds something", ["check"])
        self._oldest = gauge(
            "bridge_oldest_waiting_fan_seconds", "How long the fan waits who waits longest; 0: nobody does"
        )
        self._size = gauge("bridge_database_bytes", "Size of the database")
        self._token_end = gauge(
            "bridge_token_end_timestamp_seconds",
            "Unix time when the first of the current access tokens ends; 0: there is none",
        )
        self._sign_ins = gauge("bridge_sign_ins_ended", "Accounts whose owner must sign in to Fanvue again")
        self._build = gauge("bridge_build_info", "1; what runs is in its labels", ["version", "python"])

    def webhook(self, outcome: str) -> None:
        """A webhook delivery ended so: kept, repeat, or why not."""
        self._webhooks.labels(outcome).inc()

    def webhook_key(self, place: str) -> None:
        """A webhook was good; `place` says in a few words where its secret comes from."""
        self._keys.labels(place).inc()

    def chat_lists_unread(self, number: int) -> None:
        """Of so many creators the list of chats cannot be read."""
        self._unread.set(number)

    def skipped(self, rows: str, number: int) -> None:
        """So many rows of a list of Fanvue's were passed over, for want of what decides about them."""
        self._skipped.labels(rows).inc(number)

    def drift(self, totals: Mapping[tuple[str, str], int]) -> None:
        """So many new things are kept of each operation: rows, fields and words, or another shape."""
        self._drift.totals = totals

    def refused_sources(self, number: int) -> None:
        """So many different sources were turned away today."""
        self._sources.set(number)

    def effect(self, kind: str, outcome: str) -> None:
        """A delivery of this kind ended so."""
        self._effects.labels(kind, outcome).inc()

    def relayed(self, lag_seconds: float) -> None:
        """A line reached Discord this long after it was decided."""
        # A clock that was set back must not make a negative figure.
        self._lag.observe(max(lag_seconds, 0.0))

    def pruned(self, table: str, rows: int) -> None:
        """So many rows of a table were deleted because their time was over."""
        self._pruned.labels(table).inc(rows)

    def right_refused(self, table: str) -> None:
        """A row was read that is not as it was signed; called in the threads of the database."""
        self._refused.labels(table).inc()

    def streams_waiting(self, count: int) -> None:
        """So many streams have work now."""
        self._waiting.set(count)

    def crashed(self, task: str) -> None:
        """A background task failed; it is started again, or the process ends."""
        self._crashes.labels(task).inc()

    def gateway(self, up: bool) -> None:  # noqa: FBT001 - up or not is all there is to say
        """Discord's gateway connected or dropped."""
        self._gateway.set(int(up))

    def sessions_missing(self, number: int) -> None:
        """So many of the bot's sessions with Discord are held by nobody."""
        self._missing.set(number)

    def backup(self, good: float, offsite: float, failed: Mapping[str, bool]) -> None:
        """When a backup was last good and last elsewhere, in Unix seconds, and what failed last."""
        self._backup.set(good)
        self._offsite.set(offsite)
        for what, badly in failed.items():
            self._backup_failed.labels(what).set(int(badly))

    def built(self, version: str) -> None:
        """Say which version of the program runs."""
        self._build.labels(version, platform.python_version()).set(1)

    def called(self, side: str, call: str, outcome: str, seconds: float) -> None:
        """A call to this side was answered, or given up, after so long."""
        self._calls.labels(side, call, outcome).observe(max(seconds, 0.0))

    def checks(self, failed: Mapping[str, bool]) -> None:
        """Whether each check of /readyz finds something now."""
        for name, badly in failed.items():
            self._check.labels(name).set(int(badly))

    def installation(self, *, oldest: float, size: float, token_end: float, sign_ins: float) -> None:
        """Figures of the whole installation; NaN where nobody knows now."""
        self._oldest.set(oldest)
        self._size.set(size)
        self._token_end.set(token_end)
        self._sign_ins.set(sign_ins)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


class _DriftTotals(Collector):
    """A counter that goes on after a restart, for its figures are kept in the database."""

    totals: Mapping[tuple[str, str], int] = MappingProxyType({})

    def collect(self) -> Iterator[CounterMetricFamily]:
        """The figures as they were read last."""
        said = "Things in Fanvue's answers that nobody knows"
        family = CounterMetricFamily("bridge_fanvue_drift", said, labels=["operation", "kind"])
        for labels, number in self.totals.items():
            family.add_metric(labels, number)
        yield family
