"""A straightforward bot: posts each webhook to a channel as it comes, and remembers nothing.

    python -m benchmarks.compare.plain_bot SECRET PORT CHANNEL TOKEN API GATEWAY

Written for the comparison, as one writes it: discord.py for Discord, aiohttp for the webhook. It answers at
once, because Fanvue waits ten seconds and Discord may take longer. Prints one line when it listens.
"""

import asyncio
import signal
import sys
import time

import discord
from aiohttp import web

from bot.discord.client import point_at
from bot.fanvue.signature import HEADER, SignatureRefusal, verify


class PlainBot(discord.Client):
    """The bot."""

    def __init__(self, secret: str, port: int, channel: int) -> None:
        super().__init__(intents=discord.Intents.default())
        self._secret, self._port, self._channel = secret, port, channel
        self._posts: set[asyncio.Task[None]] = set()

    async def on_ready(self) -> None:
        """Connected: now webhooks may come."""
        app = web.Application()
        app.router.add_post("/webhooks/fanvue", self.receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        sys.stdout.write("listening\n")
        sys.stdout.flush()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one webhook, and have it posted."""
        raw = await request.read()
        now = time.time_ns() // 1_000_000
        if isinstance(verify(request.headers.get(HEADER), raw, (self._secret,), now), SignatureRefusal):
            return web.Response(status=401)
        data = (await request.json())["data"]
        task = asyncio.create_task(self._post(data["text"]))
        self._posts.add(task)
        task.add_done_callback(self._posts.discard)
        return web.Response()

    async def _post(self, text: str) -> None:
        await self.get_partial_messageable(self._channel).send(text)


async def serve(secret: str, port: str, channel: str, token: str, api: str, gateway: str) -> None:
    """Answer until told to stop."""
    point_at(api, gateway)
    async with PlainBot(secret, int(port), int(channel)) as bot:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sys.exit)
        await bot.start(token)


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
