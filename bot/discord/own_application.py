"""Compares the application of the settings with the one of the bot's token."""

import asyncio
import binascii
from base64 import urlsafe_b64decode
from http import HTTPStatus

import aiohttp
import discord

from bot.discord.gateway import GatewayFailed
from bot.egress.sessions import outgoing_session

_DIGITS = 20  # of an ID; int() refuses thousands
_SECONDS = 5.0
_USER_AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py {discord.__version__})"


async def ensure_own_application(
    token: str, application: int, *, api_url: str, seconds: float = _SECONDS
) -> None:
    """Before anything is begun. Raises GatewayFailed where Discord says that the token is another's.

    Where Discord cannot be asked this decides nothing: the bot compares once more when it signs in.
    """
    if number_in(token) == application:
        return  # so an ordinary start waits for nobody
    said = await _application_of(token, api_url, seconds)
    if said is not None:
        ensure_same_application(said, application)


def ensure_same_application(of_token: int, application: int) -> None:
    """Raises GatewayFailed, whose sentence says what to change."""
    if of_token != application:
        raise GatewayFailed(
            f"DISCORD_APPLICATION_ID is {application}, but DISCORD_TOKEN belongs to application "
            f"{of_token}. Set DISCORD_APPLICATION_ID={of_token}, or use the token of application "
            f"{application}."
        )


def number_in(token: str) -> int | None:
    """The bot's number, which Discord writes into the first part of its token; None where there is none.

    Bots made before 2016 have another number than their application, so a different one proves nothing.
    """
    first = token.partition(".")[0]
    try:
        written = urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, UnicodeError):
        return None
    return int(written) if written.isdecimal() and len(written) <= _DIGITS else None


async def _application_of(token: str, api_url: str, seconds: float) -> int | None:
    """Ask Discord; None where it does not answer, or not to this token."""
    headers = {"Authorization": f"Bot {token}", "User-Agent": _USER_AGENT}
    try:
        async with (
            asyncio.timeout(seconds),
            outgoing_session((api_url,)) as session,
            session.get(f"{api_url}/applications/@me", headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status != HTTPStatus.OK:
                return None  # whoever signs in says why, and counts it
            return int((await answer.json())["id"])
    except (TimeoutError, OSError, aiohttp.ClientError, ValueError, KeyError, TypeError):
        return None
