"""Pages on which programs and the operator make, list and remove webhooks."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES
from bot.features.operations.api_keys.key_door import ApiKeyDoor, KeyAnswer
from bot.features.operations.operator_requests.door import NO_STORE, Answer, OperatorDoor, told
from bot.features.operations.program_requests.pages import body_of, json_answer, refusing
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.model import WebhookBody, WebhookTold
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
                PUBLIC_PAGES.of(self._keys.page(path, refusing(answer), method))
                for path, answer, method in programs
            ),
            *(
                OPERATOR_PAGES.of(self._operator.page(path, refusing(answer), method))
                for path, answer, method in shell
            ),
        )

    async def _make(self, request: web.Request, key: ApiKeyRecord) -> web.StreamResponse:
        body = await body_of(request, WebhookBody, _NOT_JSON, longest=_LONGEST)
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
        raise ProgramRefused(400, _NO_HOURS)
    return int(typed)


def _json(made: WebhookTold, status: int = 200) -> web.Response:
    return json_answer(made.model_dump_json(exclude_none=True), status)


def _list_of(found: Sequence[WebhookTold]) -> web.Response:
    rows = ",".join(one.model_dump_json(exclude={"secret"}) for one in found)
    return told(f'{{"webhooks":[{rows}]}}')
