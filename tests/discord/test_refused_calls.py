"""Far too many refusals stop all calls for a while, but not the gateway (D8)."""

import pytest

from bot.discord.invalid_requests import MOST, PAUSE, WITHIN, InvalidRequestCounter
from bot.model.errors import TryLater
from bot.model.ports import Post
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer


class RefusalClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_more_than_so_many_refusals_stop_the_calls_and_later_they_go_on(status: int) -> None:
    watch = RefusalClock()
    answers = InvalidRequestCounter(monotonic=watch)
    for _ in range(MOST):
        watch.now += 0.5
        answers.count(status)
        answers.check()

    answers.count(status)
    with pytest.raises(TryLater, match="we post nothing for 15 minutes") as stopped:
        answers.check()
    told = await answers.probe()
    watch.now += PAUSE
    answers.check()

    assert stopped.value.after == PAUSE
    assert not stopped.value.paused
    assert told == answers.sentence()
    assert await answers.probe() is None


def test_refusals_spread_over_a_longer_time_stop_nothing() -> None:
    watch = RefusalClock()
    answers = InvalidRequestCounter(monotonic=watch)

    for _ in range(5 * MOST):
        watch.now += WITHIN / MOST + 0.01
        answers.count(403)

    answers.check()


def test_other_answers_and_shared_limits_are_not_held_against_us() -> None:
    answers = InvalidRequestCounter(monotonic=RefusalClock())

    for _ in range(5 * MOST):
        for status in (200, 204, 400, 404, 500):
            answers.count(status)
        answers.count(429, shared=True)

    answers.check()


async def test_both_ways_of_calling_are_counted_and_stopped(town: DiscordTestServer) -> None:
    invalid = town.bot.direct._limits.invalid
    counted = len(invalid._times)
    channel = DiscordId(town.lobby.id)
    town.server.faults.fail("POST", r"/messages$", 403, times=2)

    with pytest.raises(TryLater):
        await town.bot.discord.post(channel, Post(body=("hi",)), nonce="a")
    with pytest.raises(TryLater):
        await town.bot.direct.call("POST", f"/channels/{channel}/messages", {"content": "hi"})
    refused = len(invalid._times) - counted
    for _ in range(MOST):
        invalid.count(429)

    assert refused == 2
    with pytest.raises(TryLater, match="15 minutes"):
        await town.bot.discord.post(channel, Post(body=("hi",)), nonce="b")
    with pytest.raises(TryLater, match="15 minutes"):
        await town.bot.direct.call("GET", f"/channels/{channel}")
    assert not town.bot.is_closed()
    assert town.maya.read(town.lobby) == []
