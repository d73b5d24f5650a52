"""Builds the traces that a setting asks for; without it nothing is loaded."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from bot.engine.process_roles import ProcessRoles
from bot.engine.tracing import NO_TRACING, Tracing
from bot.features.operations.telemetry.errors import TelemetryUnavailable
from bot.model.version import version
from bot.settings.model import Settings
from storage.database import Database

if TYPE_CHECKING:
    from bot.features.operations.telemetry.otlp import OtlpSender

_LEAVES_SECONDS: Final = 1.0  # of a stop, at most
_PACKAGES: Final = frozenset({"google", "opentelemetry", "requests"})
_NEEDS_PACKAGES: Final = (
    "OTEL_EXPORTER_OTLP_ENDPOINT needs more packages: ./run extra telemetry, "
    "or pip install 'fanvue-discord-bridge[telemetry]'"
)


@asynccontextmanager
async def open_tracing(
    settings: Settings, roles: ProcessRoles, database: Database, numbers: Callable[[str], bytes]
) -> AsyncIterator[Tracing]:
    """Those of this process. Raises TelemetryUnavailable, which says what to install or to change."""
    if settings.otel_exporter_otlp_endpoint is None:
        yield NO_TRACING
        return
    sender = sender_of(settings, "all" if roles.alone else str(roles))
    from bot.features.operations.telemetry.step_recorder import StepRecorder  # noqa: PLC0415 - no cost when off

    try:
        yield StepRecorder(numbers=numbers, database=database, tell=sender.tell)
    finally:
        await sender.close(_LEAVES_SECONDS)


def asking_headers(settings: Settings) -> dict[str, str]:
    """The headers of a batch, for one that only asks. Raises TelemetryUnavailable."""
    given = _loaded().headers_of(settings.otel_exporter_otlp_headers)
    return {**given, "Content-Type": "application/x-protobuf"}


def sender_of(settings: Settings, role: str) -> "OtlpSender":
    """What sends to the collector of the settings. Raises TelemetryUnavailable."""
    kind = _loaded()
    try:
        return kind(
            endpoint=settings.otel_exporter_otlp_endpoint or "",
            headers=settings.otel_exporter_otlp_headers,
            resource={
                "service.name": settings.otel_service_name,
                "service.version": version(),
                "bridge.role": role,
            },
        )
    except ValueError as error:
        raise TelemetryUnavailable("A variable that begins with OTEL_ has a wrong value.") from error


def _loaded() -> type["OtlpSender"]:
    try:
        from bot.features.operations.telemetry.otlp import OtlpSender  # noqa: PLC0415 - no cost when off
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise TelemetryUnavailable(_NEEDS_PACKAGES) from error
    return OtlpSender
