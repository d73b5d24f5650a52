"""Asks the bridge over HTTP with a key, wherever the agent runs.

ToolError    the bridge refused, or does not answer; str() is for the agent
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import quote

import aiohttp
from mcp.server.mcpserver.exceptions import ToolError

from bot.egress.sessions import outgoing_session

_SECONDS: Final = 900  # Fanvue's pace may stretch a long list over minutes
_TAKEN: Final = {200, 201}


@dataclass(frozen=True)
class BridgeRequest:
    """One request. `parts`: what stands in the path beside the creator. Empty words are left out."""

    path: str
    method: str = "GET"
    parts: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None
    once: str = ""  # its Idempotency-Key

    @property
    def words(self) -> Mapping[str, str]:
        """The query without its empty words."""
        return {name: value for name, value in (self.query or {}).items() if value}

    @property
    def headers(self) -> Mapping[str, str]:
        """What it has beside the key."""
        return {"Idempotency-Key": self.once} if self.once else {}


class BridgePort(Protocol):
    """A way to ask the bridge about one creator, with one key."""

    async def answered(self, request: BridgeRequest) -> tuple[int, str]:
        """The status and the text of the answer. Raises ToolError where there is none."""


@dataclass(frozen=True)
class BridgeAddress:
    """Where the bridge is, with what one asks it, and about whom."""

    url: str
    key: str
    creator: str

    async def answered(self, request: BridgeRequest) -> tuple[int, str]:
        """Over HTTP. Raises ToolError."""
        path = request.path
        named = {"creator": self.creator.strip().lstrip("@"), **(request.parts or {})}
        for name, part in named.items():
            path = path.replace(f"{{{name}}}", quote(part, safe=""))
        try:
            async with (
                outgoing_session((self.url,), timeout=aiohttp.ClientTimeout(total=_SECONDS)) as session,
                session.request(
                    request.method,
                    f"{self.url.rstrip('/')}{path}",
                    params=request.words,
                    json=request.body,
                    headers={"Authorization": f"Bearer {self.key}", **request.headers},
                    allow_redirects=False,
                ) as answer,
            ):
                return answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise ToolError(f"The bridge does not answer at {self.url}. Is it running?") from error


async def asked(bridge: BridgePort, request: BridgeRequest) -> Any:
    """The answer's JSON. Raises ToolError."""
    return _told(*await bridge.answered(request))


def _told(status: int, text: str) -> Any:
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if status in _TAKEN and body is not None:
        return body
    said = body.get("error") if isinstance(body, dict) else None
    raise ToolError(str(said or f"The address answers {status}: is that the bridge's PUBLIC_URL?"))
