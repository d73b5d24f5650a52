"""Sends spans by OTLP over HTTP: in a thread, in batches, from a bounded queue."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Final

import requests
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)
from opentelemetry.util.re import parse_env_headers

from bot.engine.tracing import StepName
from bot.features.operations.telemetry.step_recorder import StepSpan

log = logging.getLogger(__name__)

PATH: Final = "/v1/traces"
_AGAIN_SECONDS: Final = 3600.0
_KINDS: Final = {
    StepName.WEBHOOK: SpanKind.SERVER,
    StepName.COMMAND: SpanKind.SERVER,
    StepName.DECIDE: SpanKind.CONSUMER,
    StepName.DELIVER: SpanKind.CONSUMER,
    StepName.LOOK: SpanKind.CONSUMER,
    StepName.CALL: SpanKind.CLIENT,
}
_BAD: Final = frozenset({"failed", "no answer", "refused", "rejected", "unknown"})
_NUMBERS: ContextVar[tuple[int, int]] = ContextVar("numbers of the span that is made")


class _GivenNumbers(IdGenerator):
    """The numbers that the bridge has derived, or drawn."""

    def generate_trace_id(self) -> int:
        return _NUMBERS.get()[0]

    def generate_span_id(self) -> int:
        return _NUMBERS.get()[1]


class QuietExporter(SpanExporter):
    """Says in the bridge's own words that a collector takes nothing: once, then once an hour."""

    def __init__(self, to: SpanExporter, monotonic: Callable[[], float]) -> None:
        self._to = to
        self._monotonic = monotonic
        self._said: float | None = None  # when it was last said; None: all is well

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._to.export(spans)
        now = self._monotonic()
        if result is SpanExportResult.SUCCESS:
            if self._said is not None:
                log.info("the collector takes traces again")
            self._said = None
        elif self._said is None or now >= self._said + _AGAIN_SECONDS:
            log.warning("the collector takes no traces; they are dropped, and nothing else is")
            self._said = now
        return result

    def shutdown(self) -> None:
        self._to.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._to.force_flush(timeout_millis)


class OtlpSender:
    """What the standard OTEL_ variables say besides is read by the library, from the environment."""

    def __init__(
        self,
        *,
        endpoint: str,
        headers: str,
        resource: dict[str, str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises ValueError where a variable of the library's is wrong."""
        session = requests.Session()
        session.trust_env = False  # no proxy, and no password of a .netrc, that the settings do not name
        to = OTLPSpanExporter(endpoint=f"{endpoint}{PATH}", headers=self.headers_of(headers), session=session)
        self._provider = TracerProvider(
            resource=Resource.create(dict(resource)), id_generator=_GivenNumbers(), shutdown_on_exit=False
        )
        self._provider.add_span_processor(BatchSpanProcessor(QuietExporter(to, monotonic)))
        self._tracer = self._provider.get_tracer("fanvue-bridge")

    @staticmethod
    def headers_of(said: str) -> dict[str, str]:
        """As the standard writes them: name=value, with commas, the values as in an address."""
        return dict(parse_env_headers(said, liberal=True))

    def tell(self, ended: StepSpan) -> None:
        """Put a span into the queue; where that is full, one is dropped."""
        token = _NUMBERS.set((ended.trace, ended.span))
        try:
            span = self._tracer.start_span(
                ended.name,
                context=None if ended.parent is None else set_span_in_context(self._parent(ended)),
                kind=_KINDS[ended.step],
                attributes={f"bridge.{name}": word for name, word in ended.words.items()},
                start_time=ended.began,
            )
        finally:
            _NUMBERS.reset(token)
        if ended.words.get("outcome") in _BAD:
            span.set_status(StatusCode.ERROR)
        span.end(end_time=ended.ended)

    def _parent(self, ended: StepSpan) -> NonRecordingSpan:
        """As the process has it that made it: the sampler decides by the trace's number alone."""
        chosen = self._provider.sampler.should_sample(None, ended.trace, ended.name).decision
        flags = TraceFlags.SAMPLED if chosen is Decision.RECORD_AND_SAMPLE else TraceFlags.DEFAULT
        assert ended.parent is not None
        return NonRecordingSpan(SpanContext(ended.trace, ended.parent, True, TraceFlags(flags)))

    async def close(self, within: float) -> None:
        """Send what is left, as far as the collector takes it in so many seconds."""
        # A thread of our own, for the process to end without: the library waits for half a minute.
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, within)
