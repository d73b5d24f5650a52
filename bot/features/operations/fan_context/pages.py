"""Answers the context of a fan: to the shell, and to keys that open chats."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.key_rules import STANDINGS, ApiKeyNotUnderstood, role_of
from bot.features.operations.creator_context.request_rules import ContextNotUnderstood
from bot.features.operations.creator_context.service import ContextReader, NoSuchCreator
from bot.features.operations.fan_context.request_rules import understood
from bot.features.operations.fan_context.service import FanContextService, NoSuchFan
from bot.features.operations.operator_requests.door import OperatorDoor, refused, told
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

OPERATOR_FAN_PATH: Final = "/operator/v1/creators/{creator}/fans/{fan}/context"
FAN_PATH: Final = "/api/v1/creators/{creator}/fans/{fan}/context"


class FanContextPages:
    """Every answer is a line of the audit log."""

    def __init__(self, service: FanContextService, operator: OperatorDoor, keys: ApiKeyDoor) -> None:
        self._service = service
        self._operator = operator
        self._keys = keys

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages, each for its listener."""
        own = self._operator.page(OPERATOR_FAN_PATH, self._to_operator)
        public = self._keys.page(FAN_PATH, self._to_key, opens=ApiKeyScope.CHATS)
        return OPERATOR_PAGES.of(own), PUBLIC_PAGES.of(public)

    async def _to_operator(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        try:
            standing = STANDINGS[role_of(asked.pop("role", "owner"))]
        except ApiKeyNotUnderstood as error:
            return refused(400, str(error))
        return await self._answer(request, asked, ContextReader(standing))

    async def _to_key(self, request: web.Request, key: ApiKeyRecord) -> web.Response:
        return await self._answer(request, dict(request.query), reader_of(key))

    async def _answer(
        self, request: web.Request, asked: Mapping[str, str], reader: ContextReader
    ) -> web.Response:
        info = request.match_info
        try:
            found = await self._service.read(info["creator"], info["fan"], understood(asked), reader)
        except ContextNotUnderstood as error:
            return refused(400, str(error))
        except (NoSuchCreator, NoSuchFan) as error:
            return refused(404, str(error))
        return told(found.model_dump_json())


def reader_of(key: ApiKeyRecord) -> ContextReader:
    """As whom a program with this key reads."""
    return ContextReader(STANDINGS[role_of(key.role)], only=key.creator, key=key.id)
