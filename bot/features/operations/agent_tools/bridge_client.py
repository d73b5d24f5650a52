"""Asks the bridge over HTTP with a key, wherever the agent runs.

ToolError    the bridge refused, or does not answer; str() is for the agent
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from mcp.server.mcpserver.exceptions import ToolError

_SECONDS: Final = 900  # Fanvue's pace may stretch a long list over minutes
_TAKEN: Final = {200, 201}


@dataclass(frozen=True)
class BridgeAddress:
    """Where the bridge is, with what one asks it, and about whom."""

    url: str
    key: str
    creator: str


@dataclass(frozen=True)
class BridgeRequest:
    """One request. `parts`: what stands in the path beside the creator. Empty words are left out."""

    path: str
    method: str = "GET"
    parts: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None
    once: str = ""  # its Idempotency-Key


async def asked(bridge: BridgeAddress, request: BridgeRequest) -> Any:
    """The answer's JSON. Raises ToolError."""
    path = request.path
    for name, part in {"creator": bridge.creator.strip().lstrip("@"), **(request.parts or {})}.items():
        path = path.replace(f"{{{name}}}", quote(part, safe=""))
    headers = {"Authorization": f"Bearer {bridge.key}"}
    headers |= {"Idempotency-Key": request.once} if request.once else {}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_SECONDS)) as session,
            session.request(
                request.method,
                f"{bridge.url.rstrip('/')}{path}",
                params={name: value for name, value in (request.query or {}).items() if value},
                json=request.body,
                headers=headers,
                allow_redirects=False,
            ) as answer,
        ):
            return _told(answer.status, await answer.text())
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ToolError(f"The bridge does not answer at {bridge.url}. Is it running?") from error


def _told(status: int, text: str) -> Any:
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if status in _TAKEN and body is not None:
        return body
    said = body.get("error") if isinstance(body, dict) else None
    raise ToolError(str(said or f"The address answers {status}: is that the bridge's PUBLIC_URL?"))
