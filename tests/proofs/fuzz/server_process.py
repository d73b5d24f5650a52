"""The real web server with the real keep on SQLite, as a process of its own."""

import asyncio
import json
import os
import sys
from functools import partial

from bot.access.roles import Permission, TeamRole
from bot.app.program import BridgeProgram, built
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.inbox.program_drafts.model import DraftBody
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.operations.api_keys.key_rules import STANDINGS
from bot.settings.loader import load
from storage.people import api_keys
from tests.proofs.fuzz.fuzz_creators import CREATORS, LAST, FuzzCreator, move_in


async def serve() -> None:
    """Listen until standard input ends; says so in one line first, with the pages that features brought."""
    async with built(load(os.environ)) as bridge:
        await bridge.core.database.write(move_in)
        drafts = {one.handle: await _drafted(bridge, one) for one in (*CREATORS, LAST)}
        async with bridge.web:
            print(json.dumps({"pages": _pages(bridge), "drafts": drafts}), flush=True)
            reader = asyncio.StreamReader()
            await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
            )
            await reader.read()


async def _drafted(bridge: BridgeProgram, one: FuzzCreator) -> str:
    """The id of a draft that one of the creator's keys wrote for their fan."""
    for name in one.keys:
        key = await bridge.core.database.read(partial(api_keys.get, key=name))
        assert key is not None, "it has moved in"
        if Permission.DRAFT in STANDINGS[TeamRole(key.role)].permissions:
            writing = bridge.features.get(ProgramDraftService)
            told, _ = await writing.write(key, one.handle, one.fan, DraftBody(text="hello"), None)
            return told.id
    return ""


def _pages(bridge: BridgeProgram) -> list[tuple[bool, str, str]]:
    """Of each: whether it is the operator's, its method, its path."""
    return [
        (operator, page.method, page.path)
        for operator, slot in ((False, PUBLIC_PAGES), (True, OPERATOR_PAGES))
        for page in bridge.features.brought(slot, "the fuzz")
    ]


if __name__ == "__main__":
    asyncio.run(serve())
