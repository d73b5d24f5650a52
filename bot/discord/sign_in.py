"""Discord's sign-in for the link page: says who is in front of this browser."""

import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.model.errors import DeliveryRefused, DeliveryUnknown, TryLater
from bot.model.language import msgid
from storage.records import DiscordId

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
_LARGEST = 64 * 1024
_SERVER_ERROR = 500
_TOO_MANY = 429
_OK = 200
_BAD, _UNAUTHORIZED = 400, 401


class DiscordSignIn:
    """OAuth 2.0 with the scope `identify` and PKCE; the token is used once and never kept."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        authorize_url: str,
        api_url: str,
    ) -> None:
        """`api_url` ends with the version, like `https://discord.com/api/v10`."""
        self._session = session
        self._client_id = client_id
        self._auth = aiohttp.encode_basic_auth(client_id, client_secret)
        self._redirect_uri = redirect_uri
        self._authorize_url = authorize_url
        self._api_url = api_url.rstrip("/")

    def authorize_url(self, *, state: str, challenge: str) -> str:
        """Return the browser's sign-in address."""
        query = urlencode(
            {
                "response_type": "code",
                "client_id": self._client_id,
                "scope": "identify",
                "redirect_uri": self._redirect_uri,
                "state": state,
                "code_challenge": challenge,
                "code_challenge_method": "S256",
            }
        )
        return f"{self._authorize_url}{'&' if '?' in self._authorize_url else '?'}{query}"

    async def who(self, *, code: str, verifier: str) -> DiscordId:
        """The Discord user that a code stands for; each of the two requests is made once.

        Raises TryLater, Refused or Unknown; the visitor starts again in every case.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        token = await self._call("POST", "/oauth2/token", headers={"Authorization": self._auth}, data=form)
        access = token.get("access_token")
        if str(token.get("token_type", "")).lower() != "bearer" or not isinstance(access, str) or not access:
            raise DeliveryRefused(msgid("Discord's sign-in answered with something that isn't a token."))
        me = await self._call("GET", "/users/@me", headers={"Authorization": f"Bearer {access}"})
        user = me.get("id")
        if not isinstance(user, str) or not user.isascii() or not user.isdigit():
            raise DeliveryRefused(msgid("Discord did not say who signed in."))
        return DiscordId(int(user))

    async def knows_secret(self, code: str) -> bool:
        """Whether Discord accepts the client secret; asked with a code that nobody was given.

        Raises TryLater or Unknown.
        """
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._redirect_uri}
        status, body = await self._send(
            "POST", "/oauth2/token", headers={"Authorization": self._auth}, data=form
        )
        if status in {_OK, _BAD}:
            return _object(body).get("error") not in {"invalid_client", "unauthorized_client"}
        return status != _UNAUTHORIZED

    async def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        status, body = await self._send(method, path, **arguments)
        if status != _OK:
            raise DeliveryRefused(msgid("Discord did not accept the sign-in."))
        return _object(body)

    async def _send(self, method: str, path: str, **arguments: Any) -> tuple[int, bytes]:
        """Status and body of an answer that is none of the server's own failures."""
        try:
            async with self._session.request(
                method, self._api_url + path, timeout=_TIMEOUT, allow_redirects=False, **arguments
            ) as answer:
                body = await _bounded(answer)
                status = answer.status
        except aiohttp.ClientConnectorError as error:
            raise TryLater(msgid("We can't reach Discord.")) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryUnknown(msgid("Discord's answer was lost.")) from error
        if status >= _SERVER_ERROR:
            raise DeliveryUnknown(msgid("Discord has problems right now."))
        if status == _TOO_MANY:
            raise TryLater(msgid("Discord asks us to wait a moment."))
        return status, body


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > _LARGEST:
            raise DeliveryUnknown(msgid("Discord's answer is far too long."))
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise DeliveryUnknown(msgid("We couldn't read Discord's answer.")) from error
    if not isinstance(parsed, dict):
        raise DeliveryUnknown(msgid("We couldn't read Discord's answer."))
    return parsed
