"""A collector of traces: takes OTLP over HTTP and remembers the bytes."""

import asyncio
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.sandbox import witness
from tests.fanvue.peer_stand_in import PeerRequest, PeerStandIn

PATH = "/v1/traces"
# What the library sends soon: by default it waits for five seconds.
SOON = {"OTEL_BSP_SCHEDULE_DELAY": "50"}


@dataclass(frozen=True)
class CollectedSpan:
    """A span as it arrived, with the role of the process that made it."""

    name: str
    trace: str
    span: str
    parent: str
    role: str
    words: dict[str, str | int]
    began: int
    ended: int
    failed: bool

    @property
    def outcome(self) -> str:
        return str(self.words.get("bridge.outcome", ""))


class CollectorStandIn(PeerStandIn):
    """`async with CollectorStandIn() as collector:`; answers as a real one does."""

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        return self

    @property
    def settings(self) -> dict[str, str]:
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": self.url, **SOON}

    @property
    def bodies(self) -> list[bytes]:
        return [one.body for one in self.seen if one.path == PATH]

    @property
    def spans(self) -> list[CollectedSpan]:
        return [span for one in self.seen if one.path == PATH for span in spans_of(one)]

    def hear(self) -> None:
        """Let whoever searches for secrets see all that came."""
        for body in self.bodies:
            witness.heard("the traces", body.decode(errors="replace"))

    async def whole(self, name: str, parts: AbstractSet[str], number: int = 1) -> list[list[CollectedSpan]]:
        """So many traces with a span of this name, once each has all of these and nothing is under way."""

        def there() -> bool:
            found = self.trace_with(name).values()
            return len(found) == number and all(
                {one.name for one in spans} >= parts
                and {one.parent for one in spans} <= {"", *(one.span for one in spans)}
                for spans in found
            )

        await self.until(there)
        return list(self.trace_with(name).values())

    def trace_with(self, name: str) -> dict[str, list[CollectedSpan]]:
        """The traces that have a span of this name, by their numbers."""
        spans = self.spans
        those = {one.trace for one in spans if one.name == name}
        return {trace: [one for one in spans if one.trace == trace] for trace in those}

    async def until(self, heard: Callable[[], bool], within: float = 15.0) -> None:
        """Until what came says so."""
        async with asyncio.timeout(within):
            while not heard():
                self.arrived.clear()
                await self.arrived.wait()


def spans_of(request: PeerRequest) -> Iterator[CollectedSpan]:
    told = ExportTraceServiceRequest.FromString(request.body)
    for resource in told.resource_spans:
        said = {one.key: one.value.string_value for one in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield CollectedSpan(
                    name=span.name,
                    trace=span.trace_id.hex(),
                    span=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    role=said["bridge.role"],
                    words={one.key: one.value.string_value or one.value.int_value for one in span.attributes},
                    began=span.start_time_unix_nano,
                    ended=span.end_time_unix_nano,
                    failed=span.status.code == span.status.STATUS_CODE_ERROR,
                )
