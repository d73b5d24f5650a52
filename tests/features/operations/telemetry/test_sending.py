"""Spans on their way to the collector: numbers, a sample, a queue's end."""

import asyncio
from collections.abc import Callable

import pytest
from opentelemetry.sdk.trace.export import SpanExportResult

from bot.engine.derived_ids import DerivedIds
from bot.engine.tracing import REPEAT, StepName
from bot.features.operations.telemetry.otlp import OtlpSender, QuietExporter
from bot.features.operations.telemetry.step_recorder import StepRecorder, StepSpan
from storage.database import Database
from storage.engine import outbox
from storage.records import EffectId
from tests.fanvue.peer_stand_in import never, reply
from tests.features.operations.telemetry.collector_stand_in import SOON, CollectorStandIn
from tests.storage.record_fixtures import new_effect


def recorder(database: Database, tell: Callable[[StepSpan], None], *, secret: bytes = b"s") -> StepRecorder:
    return StepRecorder(numbers=DerivedIds(secret).trace, database=database, tell=tell)


def sender(url: str) -> OtlpSender:
    return OtlpSender(endpoint=url, headers="", resource={"bridge.role": "all"})


def tell_of(record: StepRecorder, cause: str) -> None:
    """A webhook, and what follows from it."""
    with record.step(StepName.WEBHOOK, cause, first=True):
        record.ended("kept")
    with record.step(StepName.DECIDE, cause):
        record.called("fanvue", "read", "ok", 0.1)
        record.ended("decided")


async def test_two_processes_number_a_trace_alike_and_another_installation_otherwise(known: Database) -> None:
    told: list[StepSpan] = []
    web, worker = recorder(known, told.append), recorder(known, told.append)
    with web.step(StepName.WEBHOOK, "fact-1", first=True):
        web.ended("kept")
    with worker.step(StepName.DECIDE, "fact-1"):
        worker.ended("decided")
    with recorder(known, told.append, secret=b"another").step(StepName.DECIDE, "fact-1"):
        pass

    first, second, other = told
    assert (first.parent, second.parent, second.trace) == (None, first.span, first.trace)
    assert {other.trace, other.parent} & {first.trace, first.span} == set()
    assert first.span != second.span


async def test_a_first_step_that_is_told_again_is_below_the_first(known: Database) -> None:
    told: list[StepSpan] = []
    web = recorder(known, told.append)
    for outcome in ("kept", REPEAT):
        with web.step(StepName.WEBHOOK, "fact-1", first=True):
            web.ended(outcome)

    first, again = told
    assert (again.trace, again.parent) == (first.trace, first.span)
    assert again.span != first.span


async def test_what_raises_has_failed_and_says_no_more(known: Database) -> None:
    told: list[StepSpan] = []
    web = recorder(known, told.append)
    with pytest.raises(ValueError, match="Luna"), web.step(StepName.WEBHOOK, "fact-1", first=True):
        raise ValueError("Luna wrote this")

    (span,) = told
    assert dict(span.words) == {"outcome": "failed"}
    web.called("fanvue", "read", "ok", 0.1)
    web.ended("kept")
    assert told == [span], "outside of a step nobody is told of"


async def test_an_effect_whose_cause_cannot_be_read_is_carried_out_all_the_same(known: Database) -> None:
    told: list[StepSpan] = []

    async def effect() -> None:
        async with recorder(known, told.append).effect(StepName.DELIVER, found):
            pass

    await known.write(lambda tx: outbox.add(tx, new_effect(1)))
    read = await known.read(lambda tx: outbox.get(tx, EffectId("effect-1")))
    assert read is not None
    found = read
    await effect()
    await known.close()
    await effect()

    there, away = told
    assert (there.trace, there.parent) == (away.trace, away.parent)
    assert away.parent is None


async def test_a_sample_has_whole_traces_or_nothing_of_them(
    known: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        **SOON,
        "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": "0.5",
    }.items():
        monkeypatch.setenv(name, value)
    async with CollectorStandIn() as collector:
        # Each step in another process: none of them knows what another one has chosen.
        senders = [sender(collector.url) for _ in range(2)]
        for number in range(64):
            web, worker = (recorder(known, one.tell) for one in senders)
            with web.step(StepName.WEBHOOK, f"fact-{number}", first=True):
                web.ended("kept")
            with worker.step(StepName.DECIDE, f"fact-{number}"):
                worker.called("fanvue", "read", "ok", 0.1)
        await asyncio.gather(*(one.close(5.0) for one in senders))
        spans = collector.spans

    traces = {one.trace for one in spans}
    assert 8 < len(traces) < 56
    assert {sum(one.trace == trace for one in spans) for trace in traces} == {3}


async def test_what_a_slow_collector_has_no_room_for_is_dropped_and_nobody_waits(
    known: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        **SOON,
        "OTEL_BSP_MAX_QUEUE_SIZE": "8",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "4",
    }.items():
        monkeypatch.setenv(name, value)
    async with CollectorStandIn() as collector:
        collector.does(never, reply(200))
        to = sender(collector.url)
        record = recorder(known, to.tell)
        tell_of(record, "fact-0")
        await collector.until(lambda: bool(collector.bodies))  # it holds the first batch, and does not answer
        for number in range(1000):
            tell_of(record, f"fact-{number}")
        async with asyncio.timeout(30):
            await to.close(0.1)

    assert len(collector.spans) <= 4 + 8


def test_that_nothing_is_taken_is_said_once_an_hour_and_so_is_its_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    results: list[SpanExportResult] = []
    clock = [0.0]

    class Collector:
        """It answers as the test says."""

        def export(self, _spans: object) -> SpanExportResult:
            return results.pop(0)

    exporter = QuietExporter(Collector(), lambda: clock[0])  # type: ignore[arg-type]
    bad, good = SpanExportResult.FAILURE, SpanExportResult.SUCCESS
    said = []
    for at, result in ((0, bad), (5, bad), (3599, bad), (3600, bad), (3605, good), (3610, good), (3615, bad)):
        clock[0] = float(at)
        results.append(result)
        caplog.clear()
        exporter.export([])
        said.append([record.levelname for record in caplog.records])

    assert said == [["WARNING"], [], [], ["WARNING"], ["INFO"], [], ["WARNING"]]
