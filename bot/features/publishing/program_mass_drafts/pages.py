"""Pages on which programs write mass messages, follow and withdraw them."""

from typing import Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import PUBLIC_PAGES
from bot.features.inbox.program_drafts.page_parts import body_of, made_answer, once_of, refusing
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.operator_requests.door import told
from bot.features.publishing.program_mass_drafts.model import MassDraftBody
from bot.features.publishing.program_mass_drafts.service import ProgramMassService
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

MASS_DRAFTS_PATH: Final = "/api/v1/creators/{creator}/mass-drafts"
MASS_DRAFT_PATH: Final = MASS_DRAFTS_PATH + "/{draft}"
_NOT_JSON: Final = "Send JSON: to, text, and if you like except, at, price_cents, media, preview."


class ProgramMassPages:
    """None of them sends anything to fans."""

    def __init__(self, service: ProgramMassService, keys: ApiKeyDoor) -> None:
        self._service = service
        self._keys = keys

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages of the public listener."""
        pages = (
            (MASS_DRAFTS_PATH, self._write, "POST"),
            (MASS_DRAFT_PATH, self._tell, "GET"),
            (MASS_DRAFT_PATH, self._withdraw, "DELETE"),
        )
        return tuple(
            PUBLIC_PAGES.of(self._keys.page(path, refusing(answer), method, opens=ApiKeyScope.DRAFTS))
            for path, answer, method in pages
        )

    async def _write(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        body = await body_of(request, MassDraftBody, _NOT_JSON)
        made, new = await self._service.write(key, request.match_info["creator"], body, once_of(request))
        return made_answer(made, new=new)

    async def _tell(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        return told((await self._service.told(key, info["creator"], info["draft"])).model_dump_json())

    async def _withdraw(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        return told((await self._service.withdraw(key, info["creator"], info["draft"])).model_dump_json())
