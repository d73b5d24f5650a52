"""Answers the context of a creator at the operator's address."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.access.roles import ALLOWS, SEES, TeamRole, TeamStanding
from bot.features.operations.creator_context.operator_signature import SCHEME, is_operator
from bot.features.operations.creator_context.request_rules import ContextNotUnderstood, understood
from bot.features.operations.creator_context.service import (
    ContextReader,
    CreatorContextService,
    NoSuchCreator,
)
from bot.features.operator_pages import OperatorPage
from bot.features.people.accounts.keyring import Keyring
from bot.model.ports import Clock

PATH: Final = "/operator/v1/creators/{creator}/context"
ROLES: Final = tuple(role for role in TeamRole if ALLOWS[role])
_NO_STORE: Final = {"Cache-Control": "no-store"}
_NOT_SIGNED: Final = (
    "This request is not signed with the bridge's keys, or its clock is off by more than a minute."
)


class ContextPage:
    """Only for whoever holds the encryption keys; every answer is a line of the audit log."""

    def __init__(self, service: CreatorContextService, ring: Keyring, clock: Clock) -> None:
        self._service = service
        self._ring = ring
        self._clock = clock

    def page(self) -> OperatorPage:
        return OperatorPage(PATH, self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        header = request.headers.get("Authorization", "")
        if not is_operator(self._ring, header, request.raw_path, now=self._clock.now()):
            return _refused(401, _NOT_SIGNED, {"WWW-Authenticate": SCHEME})
        try:
            wanted, reader = understood(request.query), ContextReader(_standing(request.query))
            found = await self._service.read(request.match_info["creator"], wanted, reader)
        except ContextNotUnderstood as error:
            return _refused(400, str(error))
        except NoSuchCreator as error:
            return _refused(404, str(error))
        return web.Response(text=found.model_dump_json(), content_type="application/json", headers=_NO_STORE)


def _standing(asked: Mapping[str, str]) -> TeamStanding:
    role = asked.get("role", TeamRole.OWNER.value)
    if role not in set(ROLES):
        raise ContextNotUnderstood(f"{role[:40]!r} is no role. Choose: {', '.join(ROLES)}.")
    return TeamStanding(TeamRole(role), ALLOWS[TeamRole(role)], SEES[TeamRole(role)])


def _refused(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": text}, status=status, headers={**_NO_STORE, **(headers or {})})
