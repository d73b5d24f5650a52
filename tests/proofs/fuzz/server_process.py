"""The real web server with the real keep on SQLite, as a process of its own."""

import asyncio
import json
import os
import sys
from functools import partial

from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.app.program import BridgeProgram, built
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.inbox.program_drafts.model import DraftBody
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.inbox.program_template_drafts.model import TemplateDraftBody
from bot.features.operations.api_keys.key_rules import STANDINGS
from bot.features.operations.channel_drafts.feature import ChannelDraftsFeature
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.program_webhooks.service import ProgramWebhookService, WebhookWish
from bot.features.publishing.program_mass_drafts.model import MassDraftBody
from bot.features.publishing.program_post_drafts.model import PostDraftBody
from bot.model.draft_source import DraftKind
from bot.settings.loader import load
from storage.people import api_keys
from tests.proofs.fuzz.fuzz_creators import CREATORS, LAST, FuzzCreator, move_in


async def serve() -> None:
    """Listen until standard input ends; says so in one line first, with the pages that features brought."""
    async with built(load(os.environ)) as bridge:
        await bridge.core.database.write(move_in)
        things = {one.handle: await _things(bridge, one) for one in (*CREATORS, LAST)}
        async with bridge.web:
            print(json.dumps({"pages": _pages(bridge), "things": things}), flush=True)
            reader = asyncio.StreamReader()
            await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
            )
            await reader.read()


async def _things(bridge: BridgeProgram, one: FuzzCreator) -> dict[str, str]:
    """The ids of what a key made: drafts of both kinds, and a webhook for each listener."""
    for name in one.keys:
        key = await bridge.core.database.read(partial(api_keys.get, key=name))
        assert key is not None, "it has moved in"
        if may_do(STANDINGS[TeamRole(key.role)], Action.MASS):
            reply, _ = await bridge.features.get(ProgramDraftService).write(
                key, one.handle, one.fan, DraftBody(text="hello"), None
            )
            writing = bridge.features.get(ChannelDraftsFeature).writing
            mass, _ = await writing[DraftKind.MASS_MESSAGE].write(
                key, one.handle, MassDraftBody(text="hello", to=["Everyone"]), None
            )
            hooking, hooks = bridge.features.get(ProgramWebhookService), []
            for url in ("https://one.invalid/", "https://two.invalid/"):
                made, _ = await hooking.add(one.handle, WebhookWish(key.id, url))
                hooks.append(made)
            post, _ = await writing[DraftKind.POST].write(key, one.handle, PostDraftBody(text="hello"), None)
            template, _ = await writing[DraftKind.TEMPLATE].write(
                key, one.handle, TemplateDraftBody(name="hello", text="hello"), None
            )
            drafts = {"draft": reply.id, "mass": mass.id, "post": post.id, "template": template.id}
            return {**drafts, "webhook": hooks[0].id, "hook": hooks[1].id}
    return {}


def _pages(bridge: BridgeProgram) -> list[tuple[bool, str, str]]:
    """Of each: whether it is the operator's, its method, its path."""
    return [
        (operator, page.method, page.path)
        for operator, slot in ((False, PUBLIC_PAGES), (True, OPERATOR_PAGES))
        for page in bridge.features.brought(slot, "the fuzz")
    ]


if __name__ == "__main__":
    asyncio.run(serve())
