"""One listener: every connection bounded, and closed with its stack."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from aiohttp import web

from bot.web.request_limits import BoundedConnection, RequestBounds

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def open_listener(
    stack: AsyncExitStack,
    app: web.Application,
    where: tuple[str, int],
    *,
    bounds: RequestBounds,
    shutdown_seconds: float,
) -> int:
    """Serve `app` there until the stack closes; its port. The app has `timed`. Raises OSError."""
    runner = web.AppRunner(app, shutdown_timeout=shutdown_seconds)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    server = runner.server
    assert server is not None
    listening = await asyncio.get_running_loop().create_server(
        lambda: BoundedConnection(server, bounds=bounds), *where, backlog=128, reuse_address=True
    )
    stack.callback(listening.close)
    found: int = listening.sockets[0].getsockname()[1]
    return found


@web.middleware
async def timed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell the connection when a request has come whole, and when it is answered."""
    door = request.protocol
    assert isinstance(door, BoundedConnection)
    door.begun()
    try:
        return await handler(request)
    finally:
        door.ended()
