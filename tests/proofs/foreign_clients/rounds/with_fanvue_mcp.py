"""The round of fanvue-mcp: its server, and a client that checks its answers."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastmcp import Client
from fastmcp.client.transports import StreamableHttpTransport

API = os.environ["CLIENT_API"]
IDS: dict[str, list[str]] = json.loads(os.environ["CLIENT_IDS"])
CONTRACT = json.loads(Path(os.environ["CLIENT_CONTRACT"]).read_text())
SHARED = CONTRACT["components"]["parameters"]
START_SECONDS = 60.0
VERSION = {"X-Fanvue-API-Version": "2025-06-26"}
WINDOW = {"startDate": "2026-01-01T00:00:00Z", "endDate": "2027-01-01T00:00:00Z"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """The program as its package installs it, without an OAuth of its own: the token is passed through."""
    port = free_port()
    program = Path(sys.executable).parent / "fanvue-mcp"
    about = {"FANVUE_API_URL": API, "MCP_SERVER_HOST": "127.0.0.1", "MCP_SERVER_PORT": str(port)}
    with (Path(os.environ["CLIENT_FOLDER"]) / "server.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            str(program), env={**os.environ, **about}, stdout=log, stderr=log
        )
        try:
            await asyncio.wait_for(listening(port, process), START_SECONDS)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def listening(port: int, process: asyncio.subprocess.Process) -> None:
    """It takes connections; it has ended otherwise."""
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"fanvue-mcp ended with {process.returncode}")


def named(path: str, name: str) -> str | None:
    """An id for a parameter of this path; None where none is known."""
    if name != "uuid":
        known = IDS.get(name)
    elif "/lists/smart/" in path:
        known = ["subscribers"]
    else:
        known = IDS.get(path.partition("/{uuid}")[0].rsplit("/", 1)[-1].replace("custom", "lists"))
    if not known:
        return None
    # What is a creator's own comes first in the list, what is the managed one's comes last.
    return known[-1 if path.startswith("/creators/") else 0]


def arguments(path: str, operation: dict) -> dict[str, Any] | None:
    """What a read of this path needs; None where the round knows no id for it."""
    given: dict[str, Any] = dict(VERSION)
    for one in operation.get("parameters", ()):
        parameter = (
            CONTRACT["components"]["parameters"][one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
        )
        name = parameter["name"]
        if parameter["in"] == "path":
            value = named(path, name)
            if value is None:
                return None
            given[name] = value
        elif name in WINDOW:
            given[name] = WINDOW[name]
        elif parameter.get("required") and name not in given:
            given[name] = listed(name)
    return given


def listed(name: str) -> Any:
    """A required value of a query: ids in one text, or a whole number."""
    return {
        "fanUuids": IDS["userUuid"][0],
        "mediaUuids": IDS["mediaUuid"][0],
        "groupBy": "day",
    }.get(name, "")


def reads() -> list[tuple[str, str, dict[str, Any] | None]]:
    """Every read of the contract: its tool, its path, its arguments."""
    return [
        (methods["get"]["operationId"], path, arguments(path, methods["get"]))
        for path, methods in CONTRACT["paths"].items()
        if "get" in methods
    ]


def writes() -> list[tuple[str, str, dict[str, Any]]]:
    """A small evening: what a chatter and a poster do."""
    fan, offer = IDS["userUuid"][0], {"mediaUuids": IDS["mediaUuid"][:1], "price": 500}
    to_all = {"includedLists": {"smartListUuids": ["subscribers"]}}
    wanted = [
        ("post", "/chats/{userUuid}/message", {"userUuid": fan, "text": "good evening"}),
        (
            "post",
            "/v1/chats/{userUuid}/message",
            {"userUuid": fan, "text": "for you", **offer},
        ),
        ("post", "/chats/{userUuid}/typing", {"userUuid": fan, "isTyping": True}),
        ("patch", "/chats/{userUuid}", {"userUuid": fan, "nickname": "Kind"}),
        ("post", "/chats/lists/custom", {"name": "made by a tool"}),
        ("post", "/posts", {"audience": "subscribers", "text": "a post"}),
        (
            "post",
            "/chats/mass-messages",
            {"text": "to all", **to_all},
        ),
    ]
    return [
        (CONTRACT["paths"][path][method]["operationId"], path, {**VERSION, **body})
        for method, path, body in wanted
    ]


async def main() -> None:
    """Play it."""
    done, failures, without = [], [], []
    async with served() as url:
        headers = {"Authorization": f"Bearer {os.environ['CLIENT_TOKEN']}"}
        async with Client(StreamableHttpTransport(url, headers=headers)) as client:
            tools = {tool.name: tool for tool in await client.list_tools()}
            for tool, path, given in [*reads(), *writes()]:
                if given is None:
                    without.append(path)
                    continue
                try:
                    await client.call_tool(tool, given)
                except Exception as error:
                    failures.append({"step": tool, "problem": f"{path}: {error}"[:600]})
                else:
                    done.append(tool)
    checked = sum(1 for name in done if tools[name].outputSchema)
    told = {"tools": len(tools), "requests": len(done) + len(failures), "output_checked": checked}
    print(json.dumps({**told, "no_id_for": without, "done": done, "failures": failures}))


asyncio.run(main())
