"""Discord's sign-in: against the stand-in, and against servers that answer badly."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.discord.sign_in import DiscordSignIn
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TryLater

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
GOOD = {"access_token": "t", "token_type": "Bearer"}


async def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def _json(body: object, status: int = 200) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return answer


def _text(text: str, status: int = 200) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status)

    return answer


async def _away(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("https://evil.example/steal")


@asynccontextmanager
async def _signing_in(token: Handler, me: Handler) -> AsyncIterator[DiscordSignIn]:
    app = web.Application()
    app.router.add_post("/oauth2/token", token)
    app.router.add_get("/users/@me", me)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as session:
            yield _sign_in(session, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


def _sign_in(session: aiohttp.ClientSession, url: str) -> DiscordSignIn:
    return DiscordSignIn(
        session,
        client_id="1",
        client_secret="s",
        redirect_uri="https://bridge.example/oauth/discord/callback",
        authorize_url=url + "/oauth2/authorize",
        api_url=url,
    )


async def test_the_user_is_who_discord_says() -> None:
    async with _signing_in(_json(GOOD), _json({"id": "123456789012345678"})) as discord:
        assert await discord.who(code="c", verifier="v") == 123456789012345678


@pytest.mark.parametrize(
    ("token", "me", "error"),
    [
        (_json({"error": "invalid_grant"}, 400), _json({}), DeliveryRefused),
        (_json({"error": "invalid_client"}, 401), _json({}), DeliveryRefused),
        (_json({}, 429), _json({}), TryLater),
        (_json({}, 503), _json({}), DeliveryUnknown),
        (_cut, _json({}), DeliveryUnknown),
        (_text("{"), _json({}), DeliveryUnknown),
        (_text("[]"), _json({}), DeliveryUnknown),
        (_text("x" * 70_000), _json({}), DeliveryUnknown),
        (_away, _json({}), DeliveryRefused),
        (_json({**GOOD, "token_type": "mac"}), _json({"id": "1"}), DeliveryRefused),
        (_json({**GOOD, "access_token": ""}), _json({"id": "1"}), DeliveryRefused),
        (_json(GOOD), _json({}, 401), DeliveryRefused),
        (_json(GOOD), _cut, DeliveryUnknown),
        (_json(GOOD), _json({"id": 5}), DeliveryRefused),
        (_json(GOOD), _json({"id": "٣"}), DeliveryRefused),
        (_json(GOOD), _json({}), DeliveryRefused),
    ],
)
async def test_every_other_answer_is_an_error_of_ours(
    token: Handler, me: Handler, error: type[DeliveryFailed]
) -> None:
    async with _signing_in(token, me) as discord:
        with pytest.raises(error):
            await discord.who(code="c", verifier="v")


async def test_a_discord_that_cannot_be_reached_was_not_asked() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TryLater):
            await _sign_in(session, "http://127.0.0.1:1").who(code="c", verifier="v")
