"""Discord's and aiohttp's errors → the four ways a delivery ends badly.

Codes are Discord's JSON error codes. A sentence names the channel as `<#id>`, which Discord shows as
its name to those who may see it; it never holds a text, a token or a person.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import discord

from bot.model.errors import (
    AutomodBlocked,
    BotForbidden,
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUnknown,
    NoThreadRoom,
    TargetGone,
    TryLater,
)
from bot.model.language import english, msgid

# A 429 without Discord's own headers comes from the layer before it and means: this address is banned
# for a while. Knocking again makes the ban longer.
BANNED_FOR = 900.0
NOT_CONNECTED = msgid("The bridge is not connected to Discord yet.")

_GONE = {
    10003: msgid("The thread or channel was deleted."),
    10004: msgid("The server is gone, or the bot was removed from it."),
    10008: msgid("The message was deleted."),
    10015: msgid("This private answer can no longer be changed: its 15 minutes are over."),
    10062: msgid("This private answer can no longer be changed: its 15 minutes are over."),
    50027: msgid("This private answer can no longer be changed: its 15 minutes are over."),
}
_FORBIDDEN = {
    50001: msgid("The bot can't see {place}: give it View Channel there, or run /setup again."),
    50013: msgid(
        "The bot may not write in {place}: give it Send Messages, Send Messages in Threads "
        "and Manage Threads there, or run /setup again."
    ),
}
_PAUSED = {
    40001: msgid("Discord no longer accepts the bot's token: put the current one into the settings."),
    160005: msgid("{place} is locked: unlock it, or give the bot Manage Threads there."),
    30013: msgid("This server has as many channels as Discord allows: delete one you don't need."),
}
_REFUSED = {
    40005: msgid("This is too big for Discord."),
    50007: msgid("This person doesn't accept private messages from the bot."),
    50278: msgid("This person no longer shares a server with the bot."),
    50006: msgid("Discord does not accept an empty message."),
    200001: msgid("AutoMod of this server blocked this title. Change the AutoMod rule."),
}
_BLOCKED = {
    200000: msgid("AutoMod of this server blocked it. Open it in Fanvue, or change the AutoMod rule."),
    240000: msgid("This server's link filter blocked it. Open it in Fanvue."),
}
_ARCHIVED = 50083
_FULL = 160006
_TOO_MANY = 429
_THEIR_FAULT = 500  # HTTP: from here on the server failed, perhaps after it did the work


class ThreadArchived(TryLater):
    """Raised when a thread must be woken first; nothing was written."""


@dataclass(frozen=True)
class FailedResponse:
    """The relevant parts of an unsuccessful answer."""

    status: int
    code: int = 0
    after: float | None = None


def failure_of(
    answer: FailedResponse, *, place: str = "this channel", reading: bool = False
) -> DeliveryFailed:
    """The failure that an answer means. `reading`: the request changes nothing, so it is never unknown."""
    if answer.code in _GONE:
        return TargetGone(english(_GONE[answer.code]))
    if answer.code in _FORBIDDEN:
        return BotForbidden(english(_FORBIDDEN[answer.code], place=place))
    if answer.code in _PAUSED:
        sentence = english(_PAUSED[answer.code], place=place)
        return TryLater(sentence[0].upper() + sentence[1:], paused=True)
    if answer.code in _REFUSED:
        return DeliveryRefused(english(_REFUSED[answer.code]))
    if answer.code in _BLOCKED:
        return AutomodBlocked(english(_BLOCKED[answer.code]))
    if answer.code == _FULL:
        return NoThreadRoom(
            english("This server has as many open threads as Discord allows: close some old ones.")
        )
    if answer.code == _ARCHIVED:
        return ThreadArchived(english("The thread is archived and couldn't be reopened."))
    return _by_status(answer, place, reading=reading)


def _by_status(answer: FailedResponse, place: str, *, reading: bool) -> DeliveryFailed:
    match answer.status:
        case 401:
            return TryLater(english(_PAUSED[40001]), paused=True)
        case 403:
            return BotForbidden(english(_FORBIDDEN[50013], place=place))
        case 404:
            return TargetGone(english("Discord no longer knows this channel or message."))
        case 429:
            wait = BANNED_FOR if answer.after is None else answer.after
            return TryLater(english("Discord asks us to wait {wait} s.", wait=f"{wait:.0f}"), after=wait)
        case status if status >= _THEIR_FAULT and reading:
            return TryLater(english("Discord has problems right now."))
        case status if status >= _THEIR_FAULT:
            return DeliveryUnknown(english("Discord had problems; it may have arrived."))
        case status:
            return DeliveryRefused(
                english(
                    "Discord did not accept this (status {status}, code {code}).",
                    status=status,
                    code=answer.code,
                )
            )


@contextmanager
def translated(*, place: str = "this channel", reading: bool = False) -> Iterator[None]:
    """Let nothing of discord.py or aiohttp out: only the four."""
    try:
        yield
    except discord.RateLimited as limited:
        raise TryLater(
            english("Discord asks us to wait {retry_after} s.", retry_after=f"{limited.retry_after:.0f}"),
            after=limited.retry_after,
        ) from limited
    except discord.HTTPException as answered:
        headers = answered.response.headers
        after = BANNED_FOR if banned(answered.status, headers) else after_of(headers.get("Retry-After"))
        answer = FailedResponse(answered.status, answered.code, after)
        raise failure_of(answer, place=place, reading=reading) from answered
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unreached:
        raise TryLater(english("We couldn't reach Discord.")) from unreached
    except (aiohttp.ClientError, OSError) as lost:  # TimeoutError is an OSError
        if reading:
            raise TryLater(english("Discord's answer got lost.")) from lost
        raise DeliveryUnknown(english("Discord's answer got lost; it may have arrived.")) from lost


def banned(status: int, headers: Mapping[str, str]) -> bool:
    """Whether this is the layer before Discord: it writes no Via, and its Retry-After is not the ban's."""
    return status == _TOO_MANY and "Via" not in headers


def after_of(header: str | None) -> float | None:
    """The seconds of a Retry-After header; None when there is none that can be read."""
    try:
        return float(header) if header is not None else None
    except ValueError:
        return None
