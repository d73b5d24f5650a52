"""Answers the context of a creator: to the shell, and to programs with a key."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.key_rules import STANDINGS, ApiKeyNotUnderstood, role_of
from bot.features.operations.creator_context.request_rules import ContextNotUnderstood, understood
from bot.features.operations.creator_context.service import (
    ContextReader,
    CreatorContextService,
    NoSuchCreator,
)
from bot.features.operations.operator_requests.door import OperatorDoor, refused, told
from storage.people.api_keys import ApiKeyRecord

OPERATOR_PATH: Final = "/operator/v1/creators/{creator}/context"
PUBLIC_PATH: Final = "/api/v1/creators/{creator}/context"


class ContextPages:
    """Every answer is a line of the audit log."""

    def __init__(self, service: CreatorContextService, operator: OperatorDoor, keys: ApiKeyDoor) -> None:
        self._service = service
        self._operator = operator
        self._keys = keys

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages, each for its listener."""
        own = self._operator.page(OPERATOR_PATH, self._to_operator)
        return OPERATOR_PAGES.of(own), PUBLIC_PAGES.of(self._keys.page(PUBLIC_PATH, self._to_key))

    async def _to_operator(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        try:
            standing = STANDINGS[role_of(asked.pop("role", "owner"))]
        except ApiKeyNotUnderstood as error:
            return refused(400, str(error))
        return await self._answer(request, asked, ContextReader(standing))

    async def _to_key(self, request: web.Request, key: ApiKeyRecord) -> web.Response:
        reader = ContextReader(STANDINGS[role_of(key.role)], only=key.creator, key=key.id)
        return await self._answer(request, dict(request.query), reader)

    async def _answer(
        self, request: web.Request, asked: Mapping[str, str], reader: ContextReader
    ) -> web.Response:
        try:
            wanted = understood(asked)
            found = await self._service.read(request.match_info["creator"], wanted, reader)
        except ContextNotUnderstood as error:
            return refused(400, str(error))
        except NoSuchCreator as error:
            return refused(404, str(error))
        return told(found.model_dump_json())
