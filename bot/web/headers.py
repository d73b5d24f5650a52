"""Headers that every answer has, whichever route it is of and however it ended."""

from aiohttp import web

_YEAR = 365 * 86_400

# Nothing here is ever a page, a frame, a script's data or worth keeping, unless a route says otherwise.
BARE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "no-referrer",
    "Server": "bridge",  # not which library in which version
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
ONLY_TLS = {"Strict-Transport-Security": f"max-age={_YEAR}"}


async def on_prepare(_request: web.Request, response: web.StreamResponse) -> None:
    """Add what the route did not set itself."""
    for name, value in BARE.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = BARE["Server"]  # aiohttp has set its own by now


async def on_prepare_tls(request: web.Request, response: web.StreamResponse) -> None:
    """The same where people come by https only."""
    await on_prepare(request, response)
    for name, value in ONLY_TLS.items():
        response.headers.setdefault(name, value)
