"""A round as a process: what it printed, or how it failed."""

import asyncio
import json
from typing import Any

from tests.proofs.foreign_clients.clients import ForeignClient

ROUND_SECONDS = 300.0


async def said_by(client: ForeignClient, environment: dict[str, str]) -> dict[str, Any]:
    """The last line of the round as JSON; whatever else happened is a failure of the round."""
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
