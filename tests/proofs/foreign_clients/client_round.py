"""One client's round on a stand-in of its own."""

import asyncio
import json
import os
from typing import Any

from bot.sandbox.discord import DiscordServer, furnish
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN
from tests.proofs.foreign_clients.clients import ClientNotAvailable, ForeignClient, bring

STEPS = ("connect", "commands", "message", "edit", "reaction", "pins", "thread", "forum", "roles", "modal")
ROUND_SECONDS = 120.0
MORE_RIGHTS = may.CREATE_PUBLIC_THREADS | may.CREATE_PRIVATE_THREADS | may.ADD_REACTIONS


async def outcome(client: ForeignClient) -> dict[str, Any]:
    """What the client did, or why it is not here."""
    try:
        await asyncio.to_thread(bring, client)
        told = await _played(client)
    except ClientNotAvailable as reason:
        return {"version": client.version, "skipped": str(reason)}
    missing = [step for step in STEPS if step not in told["done"]]
    blamed = {failure["step"] for failure in told["failures"]}
    silent = [{"step": step, "problem": "was not played"} for step in missing if step not in blamed]
    return {"version": client.version, **told, "failures": [*told["failures"], *silent]}


async def _played(client: ForeignClient) -> dict[str, Any]:
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
        told = await _said(client, {**os.environ, **about})
        told["failures"] += [
            {"step": "contract", "problem": f"{wrong.method} {wrong.path}: {wrong.problem}"[:400]}
            for wrong in server.contract_errors
        ]
        strange = server.ledger.of("unknown_route")
        told["failures"] += [{"step": "route", "problem": str(entry.data)} for entry in strange]
        return told


async def _said(client: ForeignClient, environment: dict[str, str]) -> dict[str, Any]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *client.command(), stdout=pipe, stderr=pipe, env=environment, cwd=client.folder
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), ROUND_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        return {"done": [], "failures": [{"step": "round", "problem": f"took over {ROUND_SECONDS:.0f} s"}]}
    try:
        told: dict[str, Any] = json.loads(out.decode().strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {"done": [], "failures": [{"step": "round", "problem": err.decode()[-600:]}]}
    return told
