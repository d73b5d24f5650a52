"""Checks of every API request: limits, version, token, scopes, shape, replay."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from bot.sandbox.fanvue import routes_mass, routes_uploads
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, CallRefusedError, refuse
from bot.sandbox.fanvue.contract import ContractMismatch, FanvueContract
from bot.sandbox.fanvue.idempotency import IdempotencyReplays, IdempotencySeal
from bot.sandbox.fanvue.limits import TokenBucketLevel, TokenBuckets
from bot.sandbox.fanvue.operations import CatalogueOperation, OperationDirectory
from bot.sandbox.fanvue.records import AccountRecord, UserId
from bot.sandbox.fanvue.shapes import is_uuid, problems, read_query
from bot.sandbox.fanvue.state import FanvueState
from bot.sandbox.fanvue.switches import named_lists, names_lists, renamed, without
from bot.sandbox.fanvue.tokens import AccessToken, TokenOffice

VERSION = "2025-06-26"
RETIRED_VERSIONS = ("2025-01-15",)

_SENDS = ("/message", "/mass-messages")
_STATUSES = "/chats/statuses"


@dataclass(frozen=True)
class IncomingRequest:
    """A request as it came off the socket."""

    method: str
    raw_path: str
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes


class ApiGate:
    """Answers API requests; every rule that is not about one operation lives here."""

    def __init__(
        self,
        state: FanvueState,
        tokens: TokenOffice,
        routes: Mapping[str, ApiRoute],
        contract: FanvueContract | None,
        mismatches: list[ContractMismatch],
    ) -> None:
        self._state = state
        self._tokens = tokens
        self._routes = routes
        self._contract = contract
        self._mismatches = mismatches
        self._directory = OperationDirectory()
        self._limits = TokenBuckets()
        self._replays = IdempotencyReplays(state)

    async def answer(self, incoming: IncomingRequest) -> ApiAnswer:
        """Never raises for what a caller did wrong; every answer carries the rate-limit headers."""
        routes_mass.send_due(self._state)
        routes_uploads.process_due(self._state)
        found = self._found(incoming.method, incoming.raw_path)
        access = self._access(incoming.headers)
        level = self._take(access, found)
        operation = None if found is None else found[0]
        try:
            answer = await self._admit(incoming, found, access, level)
        except CallRefusedError as refused:
            answer = refused.answer
        if operation is not None and answer.status != 501:  # noqa: PLR2004 - 501 is the stand-in's own word
            self._check_answer(operation, answer)
            answer = replace(answer, body=renamed(answer.body, self._names(operation)))
        self._record(incoming, operation, access, answer)
        return replace(answer, headers={**answer.headers, **level.headers})

    def _found(self, method: str, path: str) -> tuple[CatalogueOperation, dict[str, str]] | None:
        """The operation at this path, on the generations that are there."""
        switches = self._state.switches
        found = self._directory.find(method, path)
        if found is not None:
            return None if found[0].surface in switches.gone else found
        if switches.v1_whole and "v1" not in switches.gone and path.startswith("/v1/"):
            return self._directory.find_under_v1(method, path)
        return None

    async def _admit(
        self,
        incoming: IncomingRequest,
        found: tuple[CatalogueOperation, dict[str, str]] | None,
        access: AccessToken | None,
        level: TokenBucketLevel,
    ) -> ApiAnswer:
        if not level.allowed:
            raise CallRefusedError(429, {"error": "Too many requests"})
        if found is None:
            refuse(404, f"Cannot {incoming.method} {incoming.raw_path}")
        operation, params = found
        _check_version(incoming.headers)
        if access is None or not self._tokens.opens(access):
            raise CallRefusedError(401, {"error": "Token missing, unknown or expired"})
        missing = operation.scopes - set(access.chain.scopes)
        if missing:
            raise CallRefusedError(403, {"error": f"Missing scope: {' '.join(sorted(missing))}"})
        route = self._routes.get(operation.key)
        if route is None:
            refuse(501, f"The stand-in has not built {operation.key} yet")
        call = self._call(incoming, operation, params, access, route)
        return await self._run(incoming, call, route)

    def _call(
        self,
        incoming: IncomingRequest,
        operation: CatalogueOperation,
        params: dict[str, str],
        access: AccessToken,
        route: ApiRoute,
    ) -> ApiCall:
        """The request as a call; anything misshapen is refused before a route sees it."""
        body, lists = _parsed(incoming), self._state.switches.list_field
        if not names_lists(body, lists):
            refuse(400, "These lists are named otherwise here")
        body = named_lists(body, lists)
        # A path that is none of this operation's says nothing of the contract: it may have been a guess.
        params = dict(_checked(operation, params))
        breaches = self._breaches(operation, incoming, body)
        body = without(body, self._state.switches.unknown_fields)
        query, wrong = read_query(route.query, incoming.query)
        if route.body is not None:
            wrong += problems(route.body, {} if body is None else body)
        elif body not in (None, {}):
            wrong.append("this operation takes no body")
        if wrong or breaches:
            # The stand-in's own words come first, so that a refusal reads the same without the contract.
            raise CallRefusedError(400, {"errors": wrong or breaches})
        user = self._state.accounts[access.chain.user]
        return ApiCall(
            state=self._state,
            operation=operation,
            app=self._state.apps[access.chain.client_id],
            user=user,
            creator=self._creator(user, params),
            scopes=frozenset(access.chain.scopes),
            params=params,
            query=query,
            body=body if isinstance(body, dict) else {},
            accepts=route.query,
        )

    async def _run(self, incoming: IncomingRequest, call: ApiCall, route: ApiRoute) -> ApiAnswer:
        """Run the route, or replay the first answer to the same key."""
        key = incoming.headers.get("Idempotency-Key")
        seal = None
        if key is not None and incoming.method == "POST" and call.operation.path.endswith(_SENDS):
            seal = IdempotencySeal.of(
                key, call.app.client_id, call.user.uuid, incoming.raw_path, incoming.body
            )
            first = self._replays.find(seal)
            if first is not None:
                self._state.ledger.record("replayed", path=incoming.raw_path, key=key)
                return first
        answer = route.handler(call)
        if inspect.isawaitable(answer):
            answer = await answer
        if seal is not None:
            self._replays.keep(seal, answer)
        self._state.pulse.beat()
        return answer

    def _access(self, headers: Mapping[str, str]) -> AccessToken | None:
        scheme, _, value = headers.get("Authorization", "").partition(" ")
        return self._tokens.find(value) if scheme.lower() == "bearer" else None

    def _take(
        self, access: AccessToken | None, found: tuple[CatalogueOperation, dict[str, str]] | None
    ) -> TokenBucketLevel:
        """A token from the bucket of client and user (and managed creator, and own limits)."""
        switches = self._state.switches
        who = ("nobody", "") if access is None else (access.chain.client_id, access.chain.user)
        operation, params = (None, {}) if found is None else found
        key: tuple[str, ...] = (*who, params.get("creatorUserUuid", ""))
        limit = switches.rate_limit
        if operation is not None and operation.path.endswith(_STATUSES):
            key, limit = (*key, _STATUSES), switches.statuses_limit
        return self._limits.take(key, limit, switches.window(switches.rate_seconds), self._state.now())

    def _creator(self, user: AccountRecord, params: Mapping[str, str]) -> AccountRecord:
        """The account of the call: the creator of the path if this user manages her, else the user."""
        if "creatorUserUuid" not in params:
            return user
        wanted = UserId(params["creatorUserUuid"])
        if wanted not in user.manages or wanted not in self._state.accounts:
            refuse(404, "Creator not found")
        return self._state.accounts[wanted]

    def _breaches(
        self, operation: CatalogueOperation, incoming: IncomingRequest, body: object | None
    ) -> list[str]:
        """The breaches of the contract in this request; kept for a look after the run."""
        if self._contract is None:
            return []
        wrong = self._contract.request(operation.key, incoming.query, body)
        self._mismatches.extend(ContractMismatch("request", operation.key, problem) for problem in wrong)
        return wrong

    def _check_answer(self, operation: CatalogueOperation, answer: ApiAnswer) -> None:
        if self._contract is not None and not self._state.switches.off_contract:
            wrong = self._contract.answer(operation.key, answer.status, answer.body, answer.text)
            self._mismatches.extend(ContractMismatch("answer", operation.key, problem) for problem in wrong)

    def _names(self, operation: CatalogueOperation) -> dict[str, str | None]:
        switched = self._state.switches.renamed.items()
        return {name: now for (part, name), now in switched if part in operation.path}

    def _record(
        self,
        incoming: IncomingRequest,
        operation: CatalogueOperation | None,
        access: AccessToken | None,
        answer: ApiAnswer,
    ) -> None:
        self._state.ledger.record(
            "request",
            method=incoming.method,
            path=incoming.raw_path,
            operation=None if operation is None else operation.key,
            client_id=None if access is None else access.chain.client_id,
            user=None if access is None else access.chain.user,
            key=incoming.headers.get("Idempotency-Key"),
            status=answer.status,
            executed=answer.status < 400,  # noqa: PLR2004 - the first status that refuses
        )


def _check_version(headers: Mapping[str, str]) -> None:
    given = headers.get("X-Fanvue-API-Version")
    if given in RETIRED_VERSIONS:
        body = {"error": "Gone", "message": f"Version {given} is retired", "nextVersion": VERSION}
        raise CallRefusedError(410, body)
    if given != VERSION:
        message = "X-Fanvue-API-Version is missing" if given is None else f"Version {given} is not known"
        raise CallRefusedError(400, {"error": "Unsupported API version", "message": message})


def _parsed(incoming: IncomingRequest) -> Any:
    """The JSON body, or None when there is none."""
    if not incoming.body:
        return None
    kind = incoming.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise CallRefusedError(400, {"errors": ["body must be application/json"]})
    try:
        return json.loads(incoming.body, parse_float=_whole_or_not, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise CallRefusedError(400, {"errors": ["body is not valid JSON"]}) from None


def _whole_or_not(text: str) -> int | float:
    """A JSON number has one kind: 300.0 is the whole number 300."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _checked(operation: CatalogueOperation, params: Mapping[str, str]) -> Mapping[str, str]:
    """Path parameters that are UUIDs must look like one; smart lists have names instead."""
    for name, value in params.items():
        if name.lower().endswith("uuid") and "/lists/smart/" not in operation.path and not is_uuid(value):
            refuse(400, "Invalid UUID")
    return params
