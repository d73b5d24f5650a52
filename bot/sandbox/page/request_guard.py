"""Access to the page: only this machine's own browser, from the page itself."""

from collections.abc import Awaitable, Callable

from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse another host's name (DNS rebinding) and another site's page; 421 and 403, in words."""
    refusal = _refusal(request)
    if refusal is not None:
        return web.Response(status=refusal[0], text=refusal[1], headers=HEADERS)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def _refusal(request: web.Request) -> tuple[int, str] | None:
    assert request.transport is not None
    address, port = request.transport.get_extra_info("sockname")[:2]
    hosts = {f"{address}:{port}", f"localhost:{port}"}
    if request.headers.get("Host") not in hosts:
        return 421, "This page is only served under its own address."
    origin, looks = request.headers.get("Origin"), request.method in {"GET", "HEAD"}
    if not (looks and origin is None) and origin not in {f"http://{host}" for host in hosts}:
        return 403, "Only the page itself may do that."
    if looks:
        return None
    if request.content_type != "application/json":
        return 415, "JSON, please."
    return None
