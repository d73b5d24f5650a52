"""Pages on which programs and the operator make, list and remove webhooks."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiohttp import web
from pydantic import ValidationError

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor, KeyAnswer
from bot.features.operations.creator_context.service import NoSuchSubject
from bot.features.operations.operator_requests.door import NO_STORE, Answer, OperatorDoor, refused, told
from bot.features.operations.program_webhooks.model import ProgramWebhookRefused, WebhookBody, WebhookTold
from bot.features.operations.program_webhooks.service import ProgramWebhookService, WebhookWish
from bot.model.ports import Clock
from storage.people.api_keys import ApiKeyRecord
from storage.records import Millis

WEBHOOKS_PATH: Final = "/api/v1/creators/{creator}/webhooks"
WEBHOOK_PATH: Final = WEBHOOKS_PATH + "/{webhook}"
OPERATOR_WEBHOOKS: Final = "/operator/v1/creators/{creator}/webhooks"
OPERATOR_WEBHOOK: Final = OPERATOR_WEBHOOKS + "/{webhook}"
REPLAY_PATH: Final = OPERATOR_WEBHOOK + "/replay"
MOST_HOURS: Final = 24 * 90
_LONGEST: Final = 8_192  # bytes
_HOUR: Final[Millis] = 3_600_000
_TOO_LONG: Final = f"A webhook has at most {_LONGEST} bytes."
_NOT_JSON: Final = "Send JSON: url, and if you like events."
_NO_HOURS: Final = f"Hours are a number from 1 to {MOST_HOURS}."


class ProgramWebhookPages:
    """A program sees its own alone. A secret is in the answer that makes its address, and nowhere else."""

    def __init__(
        self, service: ProgramWebhookService, keys: ApiKeyDoor, operator: OperatorDoor, clock: Clock
    ) -> None:
        self._service = service
        self._keys = keys
        self._operator = operator
        self._clock = clock

    def entries(self) -> tuple[SlotEntry, ...]:
        """The pages, each for its listener."""
        programs: tuple[tuple[str, KeyAnswer, str], ...] = (
            (WEBHOOKS_PATH, self._make, "POST"),
            (WEBHOOKS_PATH, self._list, "GET"),
            (WEBHOOK_PATH, self._end, "DELETE"),
        )
        shell: tuple[tuple[str, Answer, str], ...] = (
            (OPERATOR_WEBHOOKS, self._add, "POST"),
            (OPERATOR_WEBHOOKS, self._all, "GET"),
            (REPLAY_PATH, self._replay, "POST"),
            (OPERATOR_WEBHOOK, self._remove, "DELETE"),
        )
        return (
            *(
                PUBLIC_PAGES.of(self._keys.page(path, _said(answer), method))
                for path, answer, method in programs
            ),
            *(
                OPERATOR_PAGES.of(self._operator.page(path, _told(answer), method))
                for path, answer, method in shell
            ),
        )

    async def _make(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        body = await _body(request)
        wish = WebhookWish(key.id, body.url, body.events, only=key)
        made, new = await self._service.add(request.match_info["creator"], wish)
        return _json(made, 201 if new else 200)

    async def _list(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        return _list_of(await self._service.listed(request.match_info["creator"], key))

    async def _end(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        info = request.match_info
        return _json(await self._service.end(info["creator"], info["webhook"], key))

    async def _add(self, request: web.Request) -> web.StreamResponse:
        asked = request.query
        events = [one.strip() for one in asked.get("events", "").split(",") if one.strip()] or None
        wish = WebhookWish(asked.get("key", ""), asked.get("url", ""), events, inside=True)
        made, _ = await self._service.add(request.match_info["creator"], wish)
        return _json(made)

    async def _all(self, request: web.Request) -> web.StreamResponse:
        return _list_of(await self._service.listed(request.match_info["creator"]))

    async def _remove(self, request: web.Request) -> web.StreamResponse:
        info = request.match_info
        return _json(await self._service.end(info["creator"], info["webhook"]))

    async def _replay(self, request: web.Request) -> web.StreamResponse:
        info, hours = request.match_info, _hours(request.query)
        since = 0 if hours is None else self._clock.now() - hours * _HOUR
        number, lost = await self._service.replay(
            info["creator"], info["webhook"], since=since, aside_only=hours is None
        )
        return web.json_response({"told": number, "lost": lost}, headers=NO_STORE)


def _hours(asked: Mapping[str, str]) -> int | None:
    typed = asked.get("hours")
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= MOST_HOURS):  # noqa: PLR2004 - enough digits
        raise ProgramWebhookRefused(400, _NO_HOURS)
    return int(typed)


async def _body(request: web.Request) -> WebhookBody:
    raw = await request.content.read(_LONGEST + 1)
    while len(raw) <= _LONGEST and (more := await request.content.read(_LONGEST + 1)):
        raw += more
    if len(raw) > _LONGEST:
        raise ProgramWebhookRefused(413, _TOO_LONG)
    try:
        return WebhookBody.model_validate_json(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))[:100]
        raise ProgramWebhookRefused(400, f"{where}: {first['msg']}." if where else _NOT_JSON) from wrong


def _json(made: WebhookTold, status: int = 200) -> web.Response:
    text = made.model_dump_json(exclude_none=True)
    return web.Response(text=text, status=status, content_type="application/json", headers=NO_STORE)


def _list_of(found: Sequence[WebhookTold]) -> web.Response:
    rows = ",".join(one.model_dump_json(exclude={"secret"}) for one in found)
    return told(f'{{"webhooks":[{rows}]}}')


def _said(answer: KeyAnswer) -> KeyAnswer:
    async def asked(request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        try:
            return await answer(request, key)
        except ProgramWebhookRefused as error:
            return refused(error.status, str(error))
        except NoSuchSubject as error:
            return refused(404, str(error))

    return asked


def _told(answer: Answer) -> Answer:
    async def asked(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request)
        except ProgramWebhookRefused as error:
            return refused(error.status, str(error))
        except NoSuchSubject as error:
            return refused(404, str(error))

    return asked
