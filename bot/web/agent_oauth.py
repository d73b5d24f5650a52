"""What an agent itself asks while it signs in: metadata, registration, tokens.

RFC 9728, 8414, 7591, 6749 and 7009, as far as public clients with PKCE need them.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web

from bot.features.http_pages import HttpPage
from bot.features.operations.agent_sign_in.model import (
    MCP_PATH,
    RESOURCE_METADATA,
    WRONG,
    SignInRefused,
)
from bot.features.operations.agent_sign_in.request_rules import scopes_told
from bot.features.operations.agent_sign_in.service import AgentSignInService
from bot.features.operations.agent_sign_in.token_service import AgentTokenService
from bot.features.operations.operator_requests.door import NO_STORE
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.web.agent_consent import AUTHORIZE
from bot.web.agent_doors import AgentDoors
from bot.web.forms import read_form
from storage.errors import DatabaseUnreachable
from storage.people.api_keys import ApiKeyScope

REGISTER, TOKEN, REVOKE = "/oauth/register", "/oauth/token", "/oauth/revoke"
SERVER_METADATA: Final = "/.well-known/oauth-authorization-server"
_LONGEST: Final = 8_192
_SECONDS: Final = 5.0
_NO_FORM: Final = "Send a short form: application/x-www-form-urlencoded, each field once."
_NO_JSON: Final = f"Send JSON of at most {_LONGEST} bytes."


class AgentOAuthPages:
    """Every answer is JSON that nobody on the way keeps."""

    def __init__(self, clients: AgentSignInService, tokens: AgentTokenService, doors: AgentDoors) -> None:
        self._clients = clients
        self._tokens = tokens
        self._doors = doors

    def entries(self) -> tuple[HttpPage, ...]:
        """Metadata for whoever asks, the others each at its pace."""
        protected = RESOURCE_METADATA.removesuffix(MCP_PATH)
        return (
            *(HttpPage(path, self._doors.open(self._resource)) for path in (RESOURCE_METADATA, protected)),
            HttpPage(SERVER_METADATA, self._doors.open(self._server)),
            *(
                HttpPage(path, self._doors.paced(_told(answer)), "POST")
                for path, answer in (
                    (REGISTER, self._register),
                    (TOKEN, self._give),
                    (REVOKE, self._revoke),
                )
            ),
        )

    async def _resource(self, _request: web.Request) -> web.Response:
        found = self._clients.addresses
        return _json(
            {
                "resource": found.resource,
                "authorization_servers": [found.issuer],
                "scopes_supported": list(ApiKeyScope),
                "bearer_methods_supported": ["header"],
                "resource_name": "Fanvue bridge for Discord",
            }
        )

    async def _server(self, _request: web.Request) -> web.Response:
        issuer = self._clients.addresses.issuer
        return _json(
            {
                "issuer": issuer,
                "authorization_endpoint": issuer + AUTHORIZE,
                "token_endpoint": issuer + TOKEN,
                "registration_endpoint": issuer + REGISTER,
                "revocation_endpoint": issuer + REVOKE,
                "scopes_supported": list(ApiKeyScope),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "token_endpoint_auth_methods_supported": ["none"],
                "revocation_endpoint_auth_methods_supported": ["none"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def _register(self, request: web.Request) -> web.Response:
        made = self._clients.register(await _json_of(request))
        return _json(
            {
                "client_id": made.id,
                "client_name": made.name,
                "redirect_uris": list(made.redirects),
                "grant_types": ["authorization_code", "refresh_token"],
                "response_types": ["code"],
                "token_endpoint_auth_method": "none",
                "scope": " ".join(ApiKeyScope),
            },
            status=201,
        )

    async def _give(self, request: web.Request) -> web.Response:
        made = await self._tokens.tokens(await _form_of(request))
        return _json(
            {
                "access_token": made.access,
                "token_type": "Bearer",
                "expires_in": made.seconds,
                "refresh_token": made.refresh,
                "scope": scopes_told(made.scope),
            }
        )

    async def _revoke(self, request: web.Request) -> web.Response:
        await self._tokens.revoke((await _form_of(request)).get("token", ""))
        return _json({})


def _told(
    answer: Callable[[web.Request], Awaitable[web.Response]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def asked(request: web.Request) -> web.Response:
        try:
            return await answer(request)
        except SignInRefused as refused:
            return _json({"error": refused.error, "error_description": str(refused)}, status=400)
        except DatabaseUnreachable:
            return _json({"error": "temporarily_unavailable"}, status=503)

    return asked


async def _form_of(request: web.Request) -> Mapping[str, str]:
    try:
        return await read_form(request)
    except LinkCheckFailed as error:
        raise SignInRefused(WRONG, _NO_FORM) from error


async def _json_of(request: web.Request) -> Any:
    raw = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            while len(raw) <= _LONGEST and (more := await request.content.readany()):
                raw += more
        if len(raw) <= _LONGEST and request.content_type == "application/json":
            return json.loads(raw)
    except (TimeoutError, ValueError, RecursionError) as error:
        raise SignInRefused("invalid_client_metadata", _NO_JSON) from error
    raise SignInRefused("invalid_client_metadata", _NO_JSON)


def _json(body: Mapping[str, Any], *, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=NO_STORE)
