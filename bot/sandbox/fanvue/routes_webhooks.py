"""Webhook subscriptions over the API: make, list, delete; each has its own secret."""

import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, CallRefusedError, Json, refuse
from bot.sandbox.fanvue.events import EVENT_SCOPES
from bot.sandbox.fanvue.records import WebhookHook
from bot.sandbox.fanvue.shapes import RequestField, Shape

_CREATE: Shape = {
    "url": RequestField(required=True),
    "events": RequestField(required=True, many="array", items=(1, 100)),
}

# Asks a URL whether it answers 200 to GET, as Fanvue does before it accepts one.
Probe = Callable[[str], Awaitable[bool]]


def routes(probe: Probe) -> Mapping[str, ApiRoute]:
    """The routes; accepting a URL needs somebody who can look whether it answers."""

    async def create(call: ApiCall) -> ApiAnswer:
        _check_url(call)
        _check_events(call)
        if not await probe(call.body["url"]):
            refuse(400, "The URL must answer 200 to GET")
        return _made(call)

    made: dict[str, ApiRoute] = {}
    for prefix in ("", "/v1"):
        made[f"POST {prefix}/webhooks/subscriptions"] = ApiRoute(create, body=_CREATE)
        made[f"GET {prefix}/webhooks/subscriptions"] = ApiRoute(list_hooks)
        made[f"DELETE {prefix}/webhooks/subscriptions/{{id}}"] = ApiRoute(delete)
    return made


def list_hooks(call: ApiCall) -> ApiAnswer:
    return ApiAnswer(200, {"data": [_hook(hook) for hook in _own(call)]})


def delete(call: ApiCall) -> ApiAnswer:
    if call.params["id"] not in {hook.id for hook in _own(call)}:
        refuse(404, "Subscription not found")
    del call.state.hooks[call.params["id"]]
    return ApiAnswer(204)


def _made(call: ApiCall) -> ApiAnswer:
    hook = WebhookHook(
        id=call.state.new_id(),
        client_id=call.app.client_id,
        user=call.user.uuid,
        url=call.body["url"],
        events=frozenset(call.body["events"]),
        secret="whsec_" + call.state.new_secret(),
    )
    call.state.hooks[hook.id] = hook
    return ApiAnswer(201, {"id": hook.id, "signingSecret": hook.secret})


def _check_url(call: ApiCall) -> None:
    """Public HTTPS only, unless the switch lets tests use the loopback."""
    parts = urlsplit(call.body["url"])
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        refuse(400, "url must be an HTTPS URL")
    if call.state.switches.private_webhook_urls:
        return
    if parts.scheme != "https" or not _is_public(parts.hostname):
        refuse(400, "url must be a public HTTPS URL")


def _is_public(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host


def _check_events(call: ApiCall) -> None:
    """One event without its scope fails the whole call, with the empty error that was seen."""
    for event in call.body["events"]:
        if event not in EVENT_SCOPES:
            refuse(400, f"Unknown event: {event}")
        if EVENT_SCOPES[event] not in call.scopes:
            raise CallRefusedError(400, {"error": ""})


def _own(call: ApiCall) -> list[WebhookHook]:
    return [
        hook
        for hook in call.state.hooks.values()
        if hook.client_id == call.app.client_id and hook.user == call.user.uuid
    ]


def _hook(hook: WebhookHook) -> Json:
    return {"id": hook.id, "url": hook.url, "events": sorted(hook.events)}
