"""Every way Discord can fail becomes one of the four, with a sentence."""

import aiohttp
import discord
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.discord.failures import BANNED_FOR, FailedResponse, ThreadArchived, after_of, failure_of, translated
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


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (FailedResponse(404, 10003), TargetGone),
        (FailedResponse(404, 10004), TargetGone),
        (FailedResponse(404, 10008), TargetGone),
        (FailedResponse(404, 10062), TargetGone),
        (FailedResponse(401, 50027), TargetGone),
        (FailedResponse(404), TargetGone),
        (FailedResponse(401), TryLater),
        (FailedResponse(403, 50001), BotForbidden),
        (FailedResponse(403, 50013), BotForbidden),
        (FailedResponse(403), BotForbidden),
        (FailedResponse(403, 160005), TryLater),
        (FailedResponse(400, 160006), NoThreadRoom),
        (FailedResponse(400, 50083), ThreadArchived),
        (FailedResponse(400, 30013), TryLater),
        (FailedResponse(429), TryLater),
        (FailedResponse(400, 200000), AutomodBlocked),
        (FailedResponse(400, 240000), AutomodBlocked),
        (FailedResponse(413, 40005), DeliveryRefused),
        (FailedResponse(400, 50035), DeliveryRefused),
        (FailedResponse(500), DeliveryUnknown),
        (FailedResponse(503), DeliveryUnknown),
        (FailedResponse(524), DeliveryUnknown),
    ],
    ids=lambda value: f"{value.status}-{value.code}" if isinstance(value, FailedResponse) else value.__name__,
)
def test_each_answer_means_one_of_the_four(answer: FailedResponse, kind: type[DeliveryFailed]) -> None:
    failure = failure_of(answer, place="<#7>")

    assert type(failure) is kind
    assert failure.reason[0].isupper() or failure.reason[0] == "<"
    assert failure.reason.endswith(".")
    assert "{" not in failure.reason


@pytest.mark.parametrize("code", [50001, 50013, 160005, 160006, 30013])
def test_what_a_person_must_mend_waits_for_them(code: int) -> None:
    failure = failure_of(FailedResponse(403, code), place="<#7>")

    assert isinstance(failure, TryLater)
    assert failure.paused


def test_a_lost_permission_names_the_channel_and_what_to_give() -> None:
    failure = failure_of(FailedResponse(403, 50013), place="<#7>")

    assert "<#7>" in failure.reason
    assert "Send Messages in Threads" in failure.reason


def test_a_429_waits_as_long_as_discord_says_and_a_ban_waits_long() -> None:
    asked, banned = failure_of(FailedResponse(429, after=2.5)), failure_of(FailedResponse(429))

    assert isinstance(asked, TryLater)
    assert isinstance(banned, TryLater)
    assert (asked.after, banned.after) == (2.5, BANNED_FOR)


def test_a_read_is_never_unknown() -> None:
    assert type(failure_of(FailedResponse(502), reading=True)) is TryLater


def _refused_connection() -> aiohttp.ClientConnectorError:
    key = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
    return aiohttp.ClientConnectorError(key, ConnectionRefusedError(111, "refused"))


@pytest.mark.parametrize(
    ("error", "writing", "reading"),
    [
        (_refused_connection(), TryLater, TryLater),
        (aiohttp.ConnectionTimeoutError(), TryLater, TryLater),
        (aiohttp.SocketTimeoutError(), DeliveryUnknown, TryLater),
        (aiohttp.ServerDisconnectedError(), DeliveryUnknown, TryLater),
        (aiohttp.ClientPayloadError(), DeliveryUnknown, TryLater),
        (ConnectionResetError(), DeliveryUnknown, TryLater),
        (TimeoutError(), DeliveryUnknown, TryLater),
        (discord.RateLimited(31.0), TryLater, TryLater),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_an_exception_on_the_way_is_translated_by_what_it_proves(
    error: Exception, writing: type[DeliveryFailed], reading: type[DeliveryFailed]
) -> None:
    for is_reading, kind in ((False, writing), (True, reading)):
        with pytest.raises(DeliveryFailed) as caught, translated(reading=is_reading):
            raise error
        assert type(caught.value) is kind
        assert caught.value.__cause__ is error


def test_a_retry_after_that_cannot_be_read_counts_as_none() -> None:
    assert [after_of(header) for header in ("3", "0.5", None, "soon")] == [3.0, 0.5, None, None]
