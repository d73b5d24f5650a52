"""Pages on which programs write drafts of one kind, follow and withdraw them."""

from typing import Any, Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.channel_drafts.model import ChannelDraftKind
from bot.features.operations.channel_drafts.service import ChannelDraftService
from bot.features.operations.operator_requests.door import told
from bot.features.operations.program_requests.pages import body_of, made_answer, once_of, refusing
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

_BELOW: Final = "/api/v1/creators/{creator}/"


def drafts_path(kind: ChannelDraftKind[Any]) -> str:
    """Where drafts of this kind are written."""
    return f"{_BELOW}{kind.word}-drafts"


def draft_path(kind: ChannelDraftKind[Any]) -> str:
    """The address of one of them."""
    return f"{drafts_path(kind)}/{{draft}}"


class ChannelDraftPages:
    """None of them sends, publishes or saves anything."""

    def __init__(self, service: ChannelDraftService, keys: ApiKeyDoor) -> None:
        self._service = service
        self._keys = keys

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages of the public listener."""
        kind = self._service.kind
        pages = (
            (drafts_path(kind), self._write, "POST"),
            (draft_path(kind), self._tell, "GET"),
            (draft_path(kind), self._withdraw, "DELETE"),
        )
        return tuple(
            PUBLIC_PAGES.of(self._keys.page(path, refusing(answer), method, opens=ApiKeyScope.DRAFTS))
            for path, answer, method in pages
        )

    async def _write(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        kind = self._service.kind
        body = await body_of(request, kind.body, f"Send JSON: {kind.fields}.")
        made, new = await self._service.write(key, request.match_info["creator"], body, once_of(request))
        return made_answer(made, new=new)

    async def _tell(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        return told((await self._service.told(key, info["creator"], info["draft"])).model_dump_json())

    async def _withdraw(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        return told((await self._service.withdraw(key, info["creator"], info["draft"])).model_dump_json())
