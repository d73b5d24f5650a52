"""Does somebody answer where the operator is told, and where traces and texts go.

Asked by requests that tell nothing: whoever is asked hears of no problem and of no good minute.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, warn
from bot.features.operations.doctor.reach_checks import fetched
from bot.features.operations.telemetry.errors import TelemetryUnavailable
from bot.features.operations.telemetry.service import asking_headers
from bot.settings.model import Settings

_ASSISTANT: Final = "ASSISTANT_URL"
_REFUSED_KEY: Final = frozenset({401, 403})
_TRACES: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
_WRONG: Final = range(500, 600)
_UNKNOWN_HERE: Final = frozenset({401, 403, 404, 410})


def outgoing(settings: Settings) -> Mapping[str, Callable[[], Awaitable[Sequence[DoctorFinding]]]]:
    """A check for each address that the settings name. An address is a secret, and in no line."""
    switch = settings.operator_ping_url
    asked = {
        "OPERATOR_WEBHOOK_URL": settings.operator_webhook_url,
        "OPERATOR_NTFY_URL": settings.operator_ntfy_url,
        # Whatever comes to the whole address may count as a good minute.
        "OPERATOR_PING_URL": switch and "{0.scheme}://{0.netloc}/".format(urlsplit(switch)),
    }
    checks = {name: partial(_operator, name, url) for name, url in asked.items() if url}
    if settings.assistant_url is not None:
        checks[_ASSISTANT] = partial(_assistant, settings, settings.assistant_url)
    if settings.otel_exporter_otlp_endpoint is None:
        return checks
    return {**checks, _TRACES: partial(_collector, settings, settings.otel_exporter_otlp_endpoint)}


async def _operator(name: str, url: str) -> Sequence[DoctorFinding]:
    # What a browser asks before it posts: no receiver takes it for news.
    answer = await fetched(url, "OPTIONS")
    if isinstance(answer, str):
        return [warn(name, answer, "Check the address, DNS and certificate: nothing arrives there.")]
    status = answer[0]
    if status in _WRONG or (status in _UNKNOWN_HERE and name != "OPERATOR_PING_URL"):
        do = "Check the address. If it is right, see whether the next problem arrives there."
        return [warn(name, f"answers {status} to an empty request", do)]
    return [ok(name, f"answers {status} to an empty request")]


async def _assistant(settings: Settings, url: str) -> Sequence[DoctorFinding]:
    """Its list of models has no text in it, and costs nothing."""
    key = settings.assistant_key.get_secret_value() if settings.assistant_key is not None else ""
    answer = await fetched(f"{url}/models", headers={"Authorization": f"Bearer {key}"} if key else {})
    if isinstance(answer, str):
        return [warn(_ASSISTANT, answer, "Start the server, or remove the setting; only its help is lost.")]
    status, body = answer[0], answer[1]
    if status in _REFUSED_KEY:
        return [warn(_ASSISTANT, f"answers {status}: it refuses the key", "Check ASSISTANT_KEY.")]
    if status // 100 != 2:  # noqa: PLR2004 - HTTP's own number
        do = "Check that the address ends as the server's manual says, mostly with /v1."
        return [warn(_ASSISTANT, f"answers {status} when it is asked for its models", do)]
    if json.dumps(settings.assistant_model).encode() not in body:
        do = "Check ASSISTANT_MODEL: nobody is helped if it has no such model."
        return [warn(_ASSISTANT, "does not list the model", do)]
    return [ok(_ASSISTANT, "the assistant has the model")]


async def _collector(settings: Settings, endpoint: str) -> Sequence[DoctorFinding]:
    """An empty batch is a whole one in the format of these."""
    try:
        headers = asking_headers(settings)
    except TelemetryUnavailable as missing:
        return [bad(_TRACES, "the bridge does not start with it", str(missing))]
    answer = await fetched(f"{endpoint}/v1/traces", "POST", headers=headers, data=b"")
    if isinstance(answer, str):
        return [warn(_TRACES, answer, "Start the collector, or remove the setting; only traces are lost.")]
    status = answer[0]
    if status // 100 == 2:  # noqa: PLR2004 - HTTP's own number
        return [ok(_TRACES, "the collector takes traces")]
    said = f"the collector answers {status} to an empty batch"
    return [warn(_TRACES, said, "Check OTEL_EXPORTER_OTLP_HEADERS, and that it takes OTLP over HTTP.")]
