"""Who asks for a tool over HTTP, and within which bounds."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.features.operations.api_keys.key_door import ApiKeyDoor
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

MOST_BYTES: Final = 262_144  # of one message; a draft has at most a quarter of it


@dataclass
class AgentCaller:
    """Who asks, with a key that is valid. `needs`: the scope that a tool lacked."""

    request: web.Request
    key: ApiKeyRecord
    door: ApiKeyDoor
    needs: ApiKeyScope | None = None
