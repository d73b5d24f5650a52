"""The receiver in docs/examples takes what the bridge sends, and nothing else."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from tests.architecture.source_tree import TOP
from tests.features.operations.program_webhooks.webhook_scenario import WebhookScenario

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(shutil.which("node") is None, reason="the example is a program for Node"),
]
SCRIPT = TOP / "docs" / "examples" / "webhook-receiver.mjs"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def example(secret: str, port: int) -> AsyncIterator[asyncio.StreamReader]:
    """It runs; what it prints can be read."""
    process = await asyncio.create_subprocess_exec(
        "node", SCRIPT, env={"WEBHOOK_SECRET": secret, "PORT": str(port)}, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield process.stdout
    finally:
        process.kill()
        await process.wait()


async def test_a_plain_script_hears_of_a_fan_s_message(program: WebhookScenario) -> None:
    port = free_port()
    program.receiver.url = f"http://127.0.0.1:{port}/"
    await program.listens("--events", "message.received")
    async with example(program.receiver.secret, port) as printed:
        fan = program.house.fan("Nora")
        await program.house.greeted(fan, "Good evening!")
        lines = [(await asyncio.wait_for(printed.readline(), 60)).decode().split() for _ in range(2)]
        async with (
            aiohttp.ClientSession() as session,
            session.post(program.receiver.url, json={"type": "message.received", "data": {}}) as forged,
        ):
            assert forged.status == 401

    assert [line[1:] for line in lines] == [
        ["webhook.added", "-"],
        ["message.received", fan.handle, "Good", "evening!"],
    ]
