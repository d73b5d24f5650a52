"""The real web server with the real keep on SQLite, as a process of its own."""

import asyncio
import os
import sys

from bot.app.program import BridgeProgram, built
from bot.settings.loader import load
from storage.database import Transaction
from storage.people import creators
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState
from tests.proofs.fuzz.webhook_bodies import CREATOR


async def serve() -> None:
    """Listen until standard input ends; says so in one line first."""
    async with built(load(os.environ)) as bridge:
        await _linked(bridge)
        async with bridge.web:
            print("listening", flush=True)
            reader = asyncio.StreamReader()
            await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
            )
            await reader.read()


async def _linked(bridge: BridgeProgram) -> None:
    """Somebody has linked the creator whom most events are about."""
    creator = CreatorId(CREATOR)
    link = Link(LinkId("link"), creator, DiscordId(1), DiscordId(2), 1, LinkState.ACTIVE, "", "fuzz")

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(creator, "fuzz", "Fuzz"), now=0)
        await creators.add_link(tx, link, now=0)

    await bridge.core.database.write(work)


if __name__ == "__main__":
    asyncio.run(serve())
