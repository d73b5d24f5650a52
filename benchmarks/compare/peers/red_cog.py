"""Red-DiscordBot with a cog that posts each webhook to a channel as it comes, and remembers nothing.

Runs in Red's own environment, which has nothing of the bridge.
"""

import asyncio
import hashlib
import hmac
import json
import os
import re
import tempfile
import time
from typing import Any

from redbot.__main__ import run_bot  # the first of Red's: it sets up logging and the loop before the others

# isort: split
import discord
from aiohttp import web
from redbot import version_info
from redbot.core import _cli, _events, commands, data_manager
from redbot.core.bot import Red

AT = os.environ
FLAGS = ["--no-prompt", "--no-cogs", "--prefix", "!", "--token", AT["PEER_TOKEN"]]
TOLERANCE = 300  # seconds
SIGNED = re.compile(r"t=(\d+),v0=([0-9a-f]{64})")

discord.http.Route.BASE = AT["PEER_API"] + "/v10"


async def _is_the_newest() -> tuple[Any, None]:
    return version_info, None


# It asks its registry for a newer version whenever it is ready: nothing leaves this machine.
_events.fetch_latest_red_version_info = _is_the_newest


def fits(header: str, raw: bytes) -> bool:
    """Whether Fanvue signed this a moment ago."""
    signed = SIGNED.fullmatch(header)
    if signed is None or abs(time.time() - int(signed[1])) > TOLERANCE:
        return False
    right = hmac.new(AT["PEER_SECRET"].encode(), signed[1].encode() + b"." + raw, hashlib.sha256)
    return hmac.compare_digest(right.hexdigest(), signed[2])


class RelayCog(commands.Cog):
    """Takes webhooks while the bot is there."""

    def __init__(self, bot: Red) -> None:
        """Of this bot."""
        self.bot = bot
        self.posts: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Listen, once the bot is ready."""
        await self.bot.wait_until_red_ready()
        app = web.Application()
        app.router.add_post("/webhooks/fanvue", self.receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(AT["PEER_PORT"])).start()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer at once: Fanvue waits ten seconds, and Discord may take longer."""
        raw = await request.read()
        if not fits(request.headers.get("X-Fanvue-Signature", ""), raw):
            return web.Response(status=401)
        task = asyncio.create_task(self.post(json.loads(raw)["data"]["text"]))
        self.posts.add(task)
        task.add_done_callback(self.posts.discard)
        return web.Response()

    async def post(self, text: str) -> None:
        """One line."""
        await self.bot.get_partial_messageable(int(AT["PEER_CHANNEL"])).send(text)


async def main(folder: str) -> None:
    """Run Red as its own program does, with this one cog."""
    storage = {"STORAGE_TYPE": "JSON", "STORAGE_DETAILS": {}}
    data_manager.basic_config = {**data_manager.basic_config_default, **storage, "DATA_PATH": folder}
    data_manager._instance_name = "peer"
    flags = _cli.parse_cli_flags(FLAGS)
    bot = Red(cli_flags=flags, description="Red V3", dm_help=None)
    cog = RelayCog(bot)
    await bot.add_cog(cog)
    serving = asyncio.create_task(cog.serve())
    await run_bot(bot, flags)
    serving.cancel()


with tempfile.TemporaryDirectory() as data:
    asyncio.run(main(data))
