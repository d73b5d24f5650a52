"""The addresses at which programs write drafts, ask after them and take them back."""

from typing import Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import PUBLIC_PAGES
from bot.features.inbox.program_drafts.model import DraftBody
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.operator_requests.door import told
from bot.features.operations.program_requests.pages import body_of, made_answer, once_of, refusing
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

DRAFTS_PATH: Final = "/api/v1/creators/{creator}/fans/{fan}/drafts"
DRAFT_PATH: Final = "/api/v1/creators/{creator}/drafts/{draft}"
_NOT_JSON: Final = "Send JSON: text, and if you like price_cents, media, preview, answers."


class ProgramDraftPages:
    """None of them sends anything to a fan."""

    def __init__(self, service: ProgramDraftService, keys: ApiKeyDoor) -> None:
        self._service = service
        self._keys = keys

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages of the public listener."""
        pages = (
            (DRAFTS_PATH, self._write, "POST"),
            (DRAFT_PATH, self._tell, "GET"),
            (DRAFT_PATH, self._withdraw, "DELETE"),
        )
        return tuple(
            PUBLIC_PAGES.of(self._keys.page(path, refusing(answer), method, opens=ApiKeyScope.DRAFTS))
            for path, answer, method in pages
        )

    async def _write(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        body, info = await body_of(request, DraftBody, _NOT_JSON), request.match_info
        made, new = await self._service.write(key, info["creator"], info["fan"], body, once_of(request))
        return made_answer(made, new=new)

    async def _tell(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        found = await self._service.told(key, info["creator"], info["draft"])
        return told(found.model_dump_json())

    async def _withdraw(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        found = await self._service.withdraw(key, info["creator"], info["draft"])
        return told(found.model_dump_json())
