"""Two doors to the same page: the operator's, and a key's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.key_rules import STANDINGS, ApiKeyNotUnderstood, role_of
from bot.features.operations.creator_context.model_parts import ContextModel
from bot.features.operations.creator_context.request_rules import ContextNotUnderstood
from bot.features.operations.creator_context.service import ContextReader, NoSuchSubject
from bot.features.operations.operator_requests.door import OperatorDoor, refused, told
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

# What stands in the path, what the query asks for, and who reads. Raises ContextNotUnderstood, NoSuchSubject.
Read = Callable[[Mapping[str, str], Mapping[str, str], ContextReader], Awaitable[ContextModel]]


@dataclass(frozen=True)
class ReaderDoors:
    """Every answer is JSON; a refusal says what to do."""

    operator: OperatorDoor
    keys: ApiKeyDoor

    def entries(
        self, operator_path: str, public_path: str, read: Read, opens: ApiKeyScope = ApiKeyScope.DATA
    ) -> tuple[SlotEntry, ...]:
        """The pages, each for its listener. `opens`: the scope that a key needs."""

        async def to_operator(request: web.Request) -> web.Response:
            asked = dict(request.query)
            try:
                standing = STANDINGS[role_of(asked.pop("role", "owner"))]
            except ApiKeyNotUnderstood as error:
                return refused(400, str(error))
            return await _answer(request, asked, ContextReader(standing), read)

        async def to_key(request: web.Request, key: ApiKeyRecord) -> web.Response:
            return await _answer(request, dict(request.query), reader_of(key), read)

        own = self.operator.page(operator_path, to_operator)
        return OPERATOR_PAGES.of(own), PUBLIC_PAGES.of(self.keys.page(public_path, to_key, opens=opens))


def reader_of(key: ApiKeyRecord) -> ContextReader:
    """As whom a program with this key reads."""
    return ContextReader(STANDINGS[role_of(key.role)], only=key.creator, key=key.id)


async def _answer(
    request: web.Request, asked: Mapping[str, str], reader: ContextReader, read: Read
) -> web.Response:
    try:
        found = await read(request.match_info, asked, reader)
    except ContextNotUnderstood as error:
        return refused(400, str(error))
    except NoSuchSubject as error:
        return refused(404, str(error))
    return told(found.model_dump_json())
