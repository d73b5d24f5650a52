"""Makes, lists and ends keys for the operator's shell."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood, wished
from bot.features.operations.api_keys.service import ApiKeyService, NoSuchApiKey, is_valid
from bot.features.operations.operator_requests.door import Answer, OperatorDoor, refused, told
from bot.model.ports import Clock
from storage.people.api_keys import ApiKeyRecord

KEYS_PATH: Final = "/operator/v1/creators/{creator}/api-keys"
KEY_PATH: Final = KEYS_PATH + "/{key}"


class ApiKeyPages:
    """A key's text is in the answer that makes it, and nowhere else."""

    def __init__(self, service: ApiKeyService, door: OperatorDoor, clock: Clock) -> None:
        self._service = service
        self._door = door
        self._clock = clock

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages of the operator's listener."""
        pages = (
            (KEYS_PATH, self._list, "GET"),
            (KEYS_PATH, self._make, "POST"),
            (KEY_PATH, self._end, "DELETE"),
        )
        return tuple(
            OPERATOR_PAGES.of(self._door.page(path, _said(answer), method)) for path, answer, method in pages
        )

    async def _list(self, request: web.Request) -> web.StreamResponse:
        found = await self._service.listed(request.match_info["creator"])
        return told(json.dumps({"keys": [self._as_json(key) for key in found]}))

    async def _make(self, request: web.Request) -> web.StreamResponse:
        key, text = await self._service.make(request.match_info["creator"], wished(request.query))
        return told(json.dumps({**self._as_json(key), "key": text}))

    async def _end(self, request: web.Request) -> web.StreamResponse:
        info = request.match_info
        return told(json.dumps(self._as_json(await self._service.end(info["creator"], info["key"]))))

    def _as_json(self, key: ApiKeyRecord) -> Mapping[str, Any]:
        return {
            "id": key.id,
            "name": key.name,
            "role": key.role,
            "scope": key.scope,
            "made_at": key.made_at,
            "expires_at": key.expires_at,
            "used_at": key.used_at,
            "ended_at": key.ended_at,
            "valid": is_valid(key, self._clock.now()),
        }


def _said(answer: Answer) -> Answer:
    async def asked(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request)
        except ApiKeyNotUnderstood as error:
            return refused(400, str(error))
        except NoSuchApiKey as error:
            return refused(404, str(error))

    return asked
