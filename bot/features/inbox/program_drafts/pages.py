"""The addresses at which programs write drafts, ask after them and take them back."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from pydantic import ValidationError

from bot.engine.slots import SlotEntry
from bot.features.http_pages import PUBLIC_PAGES
from bot.features.inbox.program_drafts.model import DraftBody, ProgramDraftRefused
from bot.features.inbox.program_drafts.service import ProgramDraftService
from bot.features.operations.api_keys.key_door import ApiKeyDoor, KeyAnswer
from bot.features.operations.creator_context.service import NoSuchSubject
from bot.features.operations.operator_requests.door import refused, told
from bot.text.safe_text import one_line
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

DRAFTS_PATH: Final = "/api/v1/creators/{creator}/fans/{fan}/drafts"
DRAFT_PATH: Final = "/api/v1/creators/{creator}/drafts/{draft}"
_LONGEST: Final = 65_536  # bytes of a draft
_NAME: Final = 100  # letters of an Idempotency-Key
_TOO_LONG: Final = f"A draft has at most {_LONGEST} bytes."
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
            PUBLIC_PAGES.of(self._keys.page(path, _said(answer), method, opens=ApiKeyScope.DRAFTS))
            for path, answer, method in pages
        )

    async def _write(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        body = await _body(request)
        once = one_line(request.headers.get("Idempotency-Key", ""), _NAME) or None
        info = request.match_info
        made, new = await self._service.write(key, info["creator"], info["fan"], body, once)
        return web.Response(
            text=made.model_dump_json(),
            status=201 if new else 200,
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    async def _tell(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        found = await self._service.told(key, info["creator"], info["draft"])
        return told(found.model_dump_json())

    async def _withdraw(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        found = await self._service.withdraw(key, info["creator"], info["draft"])
        return told(found.model_dump_json())


async def _body(request: web.Request) -> DraftBody:
    raw = await request.content.read(_LONGEST + 1)
    while len(raw) <= _LONGEST and (more := await request.content.read(_LONGEST + 1)):
        raw += more
    if len(raw) > _LONGEST:
        raise ProgramDraftRefused(413, _TOO_LONG)
    try:
        return DraftBody.model_validate_json(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))[:_NAME]
        raise ProgramDraftRefused(400, f"{where}: {first['msg']}." if where else _NOT_JSON) from wrong


def _said(answer: KeyAnswer) -> Callable[[web.Request, ApiKeyRecord], Awaitable[web.StreamResponse]]:
    async def asked(request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        try:
            return await answer(request, key)
        except ProgramDraftRefused as error:
            return refused(error.status, str(error))
        except NoSuchSubject as error:
            return refused(404, str(error))

    return asked
