"""The least that may answer 200, and the least that may post: a process of its own.

    python -m benchmarks.bare DATABASE SECRET PORT [DISCORD_URL TOKEN]

Verifies, keeps durably, answers. With the address of a Discord channel it then makes the other commits that
the rules demand (the decision; the line as being sent; its end) and the one call, and nothing else. The
commits are the bridge's own group commits, so that what is compared is the rest. Prints one line when it
listens, ends with SIGTERM.
"""

import asyncio
import hashlib
import json
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.fanvue.signature import HEADER, SignatureRefusal, verify
from bot.sandbox.free_ports import free_port
from storage.database import Database
from storage.engine import inbox
from storage.engine.connect import open_database
from storage.engine.inbox import NewFact
from storage.records import CreatorId, FactId, FactState


class BareServer:
    """Receives and, where it is told to, relays."""

    def __init__(self, database: Database, secret: str, session: aiohttp.ClientSession, channel: str) -> None:
        self._database = database
        self._secret = secret
        self._session = session
        self._channel = channel
        self._tasks: set[asyncio.Task[None]] = set()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one webhook."""
        raw = await request.read()
        now = time.time_ns() // 1_000_000
        if isinstance(verify(request.headers.get(HEADER), raw, (self._secret,), now), SignatureRefusal):
            return web.Response(status=401)
        key = hashlib.sha256(raw).hexdigest()
        await self._commit(key, raw)
        if self._channel:
            task = asyncio.create_task(self._relay(key, raw))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.Response()

    async def _relay(self, key: str, raw: bytes) -> None:
        await self._commit(f"{key}-decided", raw)
        await self._commit(f"{key}-sending", raw)
        body = {"content": json.loads(raw)["data"]["text"], "nonce": key[:25], "enforce_nonce": True}
        async with self._session.post(self._channel, json=body) as answer:
            answer.raise_for_status()
            await answer.read()
        await self._commit(f"{key}-done", raw)

    async def _commit(self, key: str, raw: bytes) -> None:
        now = time.time_ns() // 1_000_000
        fact = NewFact(
            id=FactId(key),
            creator=CreatorId("creator"),
            kind="message",
            key=key,
            source="webhook",
            source_at=now,
            received_at=now,
            state=FactState.NEW,
            reason=None,
            body=raw,
        )
        await self._database.write(partial(inbox.keep, new=fact))


async def serve(url: str, secret: str, port: int, channel: str = "", token: str = "") -> None:
    """Answer until told to stop."""
    database = await open_database(url, now=0)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {token}"}) as session:
        app = web.Application()
        app.router.add_post("/webhooks/fanvue", BareServer(database, secret, session, channel).receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        await stop.wait()
        await runner.cleanup()
    await database.close()


@asynccontextmanager
async def bare_process(folder: Path, secret: str, channel: str = "", token: str = "") -> AsyncIterator[str]:
    """One running; the address that takes webhooks."""
    port = free_port()
    database = f"sqlite:///{folder / 'bare.sqlite3'}"
    arguments = [database, secret, str(port), *([channel, token] if channel else [])]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bare", *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        await process.stdout.readline()
        yield f"http://127.0.0.1:{port}/webhooks/fanvue"
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
