"""One client's round on a stand-in of its own."""

import asyncio
import collections
import os
from typing import Any

from bot.sandbox.discord import DiscordServer, furnish
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN
from tests.proofs.foreign_clients.clients import ClientNotAvailable, ForeignClient, bring
from tests.proofs.foreign_clients.fanvue_round import played_on_fanvue
from tests.proofs.foreign_clients.round_process import said_by

STEPS = ("connect", "commands", "message", "edit", "reaction", "pins", "thread", "forum", "roles", "modal")
MORE_RIGHTS = may.CREATE_PUBLIC_THREADS | may.CREATE_PRIVATE_THREADS | may.ADD_REACTIONS


async def outcome(client: ForeignClient) -> dict[str, Any]:
    """What the client did, or why it is not here."""
    try:
        await asyncio.to_thread(bring, client)
        told = await (played_on_fanvue if client.network == "fanvue" else _played_on_discord)(client)
    except ClientNotAvailable as reason:
        return {"version": client.version, "skipped": str(reason)}
    return {"version": client.version, **told, "unexplained": told.pop("failures")}


def _with_unplayed(told: dict[str, Any]) -> dict[str, Any]:
    """What was told, and a failure for each step that was not played and not blamed."""
    missing = [step for step in STEPS if step not in told["done"]]
    blamed = {failure["step"] for failure in told["failures"]}
    silent = [{"step": step, "problem": "was not played"} for step in missing if step not in blamed]
    return {**told, "failures": [*told["failures"], *silent]}


async def _played_on_discord(client: ForeignClient) -> dict[str, Any]:
    async with DiscordServer(strict=False) as server:
        ids = furnish(server.world)
        application = server.world.applications[APPLICATION_ID]
        application.intents_enabled = frozenset({"message_content", "members", "presences"})
        guild = server.world.guilds[ids["guild"]]
        own = next(role for role in guild.roles.values() if role.managed_by == APPLICATION_ID)
        own.permissions |= MORE_RIGHTS
        about = {
            "CLIENT_FOLDER": str(client.folder),
            "CLIENT_API": server.url + "/api",
            "CLIENT_CONTROL": server.url + "/_sandbox",
            "CLIENT_TOKEN": TOKEN,
            "CLIENT_APPLICATION": str(APPLICATION_ID),
            "CLIENT_GUILD": str(guild.id),
            "CLIENT_LOBBY": str(ids["lobby"]),
            "CLIENT_PERSON": str(ids["victor"]),
        }
        told = await said_by(client, {**os.environ, **about})
        told["failures"] += [
            {"step": "contract", "problem": f"{wrong.method} {wrong.path}: {wrong.problem}"[:400]}
            for wrong in server.contract_errors
        ]
        strange = server.ledger.of("unknown_route")
        told["failures"] += [{"step": "route", "problem": str(entry.data)} for entry in strange]
        events = collections.Counter(entry.kind for entry in server.ledger)
        return {**_with_unplayed(told), "events": dict(sorted(events.items()))}
