"""The real web server with the real keep on SQLite, as a process of its own."""

import asyncio
import json
import os
import sys

from bot.app.program import BridgeProgram, built
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.settings.loader import load
from tests.proofs.fuzz.fuzz_creators import move_in


async def serve() -> None:
    """Listen until standard input ends; says so in one line first, with the pages that features brought."""
    async with built(load(os.environ)) as bridge:
        await bridge.core.database.write(move_in)
        async with bridge.web:
            print(json.dumps(_pages(bridge)), flush=True)
            reader = asyncio.StreamReader()
            await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
            )
            await reader.read()


def _pages(bridge: BridgeProgram) -> list[tuple[bool, str, str]]:
    """Of each: whether it is the operator's, its method, its path."""
    return [
        (operator, page.method, page.path)
        for operator, slot in ((False, PUBLIC_PAGES), (True, OPERATOR_PAGES))
        for page in bridge.features.brought(slot, "the fuzz")
    ]


if __name__ == "__main__":
    asyncio.run(serve())
