"""Calls keep below Discord's limits by themselves, so that none has to be refused."""

import asyncio
import heapq
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import pytest

from bot.discord.more_forums import DiscordForums
from bot.discord.request_pace import CallTurn, RequestPace
from bot.model.errors import TryLater
from bot.model.ports import Button, Post
from bot.sandbox.discord.model import FORUM
from storage.engine.discord_routes import RouteCall, RouteFull, RouteWindow
from storage.records import DiscordId, Forum
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as open_town
from tests.discord.paced_calls import ROUTE, CallPaceClock, told, turned_away


def most_in_a_second(out: Sequence[float]) -> int:
    return max(sum(start <= at < start + 1 for at in out) for start in out)


async def _calls(pace: RequestPace, watch: CallPaceClock, number: int) -> list[float]:
    """When each went out; it is answered at once."""
    out = []
    for _ in range(number):
        with await pace.turn():
            out.append(watch.now)
    return out


async def _rate(pace: RequestPace, watch: CallPaceClock) -> float:
    """Calls a second, the few that may go at once among them."""
    out = await _calls(pace, watch, 480)
    return 240 / (out[-1] - out[-241])


async def test_no_second_has_more_calls_than_discord_allows() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)
    out = await _calls(pace, watch, 500)

    assert 48 <= most_in_a_second(out) < 50
    assert out[-1] - out[0] <= 500 / 48


async def test_wherever_on_its_way_a_call_is_counted_no_second_has_too_many() -> None:
    watch, rng = CallPaceClock(), random.Random(5)  # noqa: S311 - a seed, no secret
    under_way: list[tuple[float, int, CallTurn]] = []
    ways: list[tuple[float, float]] = []

    async def sleep(seconds: float) -> None:
        wakes = watch.now + seconds
        while under_way and under_way[0][0] <= wakes:
            watch.now, _, turn = heapq.heappop(under_way)
            turn.__exit__(None, None, None)
        watch.now = wakes

    pace = RequestPace(monotonic=watch, sleep=sleep)
    for number in range(600):
        turn = (await pace.turn()).__enter__()
        ways.append((watch.now, watch.now + rng.choice([0.02, 0.1, 0.4])))
        heapq.heappush(under_way, (ways[-1][1], number, turn))
        await sleep(0)

    assert most_in_a_second([rng.uniform(*way) for way in ways]) < 50
    assert most_in_a_second([way[0] for way in ways[::2]] + [way[1] for way in ways[1::2]]) < 50


async def test_where_somebody_else_uses_the_bot_fewer_calls_are_made_for_a_while() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)
    pace.heard({"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0"})
    alone = await _rate(pace, watch)

    pace.heard({"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global", "Retry-After": "3"})
    refused = watch.now
    with await pace.turn():
        waited = watch.now - refused
    together = await _rate(pace, watch)
    watch.now += 60
    later = await _rate(pace, watch)

    assert waited == pytest.approx(3.0)
    assert [round(one) for one in (alone, together, later)] == [48, 40, 48]


async def test_each_time_somebody_else_is_seen_they_are_given_more_room_and_for_longer() -> None:
    watch = CallPaceClock()
    pace, rates = RequestPace(monotonic=watch, sleep=watch.sleep), []

    for _ in range(4):
        for _ in range(5):  # each call on its way is told
            pace.heard({"X-RateLimit-Scope": "global"})
        rates.append(round(await _rate(pace, watch)))
    for _ in range(3):
        for wait in (380, 90):
            watch.now += wait
            rates.append(round(await _rate(pace, watch)))

    assert rates == [40, 30, 20, 20, 20, 30, 30, 40, 40, 48]


async def test_a_route_that_somebody_else_has_used_tells_of_them() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)

    rates = []
    for left in (4, 3, 1):
        pace.routes.enter(ROUTE)
        pace.left(ROUTE, told(5, left, 4.0))
        rates.append(round(await _rate(pace, watch)))
        watch.now = 100.0

    assert rates == [48, 48, 40]


async def test_calls_of_ones_own_are_nobody_elses() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)
    pace.routes.enter(ROUTE)
    pace.left(ROUTE, told(5, 4, 4.0))
    for _ in range(4):
        pace.routes.enter(ROUTE)

    pace.left(ROUTE, told(5, 1, 4.0))  # overtaken by two that are on their way
    pace.left(ROUTE, None)  # it may have come
    pace.left(ROUTE, told(5, 0, 4.0))
    pace.left(ROUTE, told(5, 2, 4.0))
    watch.now += 4.0
    pace.routes.enter(ROUTE)
    pace.left(ROUTE, told(5, 4, 4.0))
    pace.routes.enter(ROUTE)
    pace.left(ROUTE, {**told(5, 0, 9.0), "X-RateLimit-Scope": "shared", "Retry-After": "9"})

    assert round(await _rate(pace, watch)) == 48


async def test_after_the_machine_stood_still_no_second_has_more_either() -> None:
    watch, held = CallPaceClock(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        due = watch.now + seconds
        if not held.is_set():
            await held.wait()
        watch.now = max(watch.now, due)

    pace, out = RequestPace(monotonic=watch, sleep=sleep), []

    async def call() -> None:
        with await pace.turn():
            out.append(watch.now)

    calls = [asyncio.create_task(call()) for _ in range(300)]
    while len(out) < 7:  # noqa: ASYNC110 - they go at once, the others sleep
        await asyncio.sleep(0)
    watch.now += 10
    held.set()
    await asyncio.gather(*calls)

    assert len(out) == 300
    assert max(sum(start <= at < start + 1 for at in out) for start in out) < 50


async def test_after_a_rest_a_few_go_at_once() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)

    for _ in range(8):
        await pace.turn()

    assert watch.now == pytest.approx(100.0)


async def test_where_several_processes_speak_for_a_bot_a_call_waits_for_its_turn_among_all() -> None:
    watch = CallPaceClock()
    waits = [0.0, 0.25, 1.5]

    async def share(call: RouteCall | None) -> float:
        assert call is None
        return waits.pop(0)

    pace = RequestPace(monotonic=watch, sleep=watch.sleep, share=share)
    out = []
    for _ in range(3):
        await pace.turn()
        out.append(watch.now)

    assert out == pytest.approx([100.0, 100.25, 101.75])


class OtherProcesses:
    """What the processes together say to each call."""

    def __init__(self, *answers: float | RouteFull) -> None:
        self.answers = list(answers)
        self.asked: list[RouteCall | None] = []

    async def __call__(self, call: RouteCall | None) -> float:
        self.asked.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, RouteFull):
            raise answer
        return answer


async def test_who_was_held_up_after_its_turn_was_given_asks_for_another() -> None:
    watch = CallPaceClock()
    held_up = [2.0, 0.0]

    async def share(_call: RouteCall | None) -> float:
        watch.now += held_up.pop(0)
        return 0.25

    await RequestPace(monotonic=watch, sleep=watch.sleep, share=share).turn(ROUTE)

    assert held_up == []
    assert watch.now == pytest.approx(100.0 + 2.0 + 0.25 + 0.25)


async def test_who_is_held_up_each_time_goes_in_the_end() -> None:
    watch, asked = CallPaceClock(), []

    async def share(call: RouteCall | None) -> float:
        asked.append(call)
        watch.now += 2.0
        return 0.0

    await RequestPace(monotonic=watch, sleep=watch.sleep, share=share).turn(ROUTE)

    assert len(asked) == 3


async def test_a_route_that_the_others_have_used_up_is_come_back_to() -> None:
    watch = CallPaceClock()
    pace = RequestPace(
        monotonic=watch, sleep=watch.sleep, share=OtherProcesses(RouteFull(4.0, RouteWindow(2, 5.0)))
    )

    with pytest.raises(TryLater) as first:
        await pace.turn(ROUTE)

    assert first.value.after == 4.0
    # Nobody asks the others for what is known to be used up; so many come back in each window.
    assert [turned_away(pace.routes) for _ in range(4)] == [4.0, 9.0, 9.0, 14.0]
    watch.now += 4.0
    pace.routes.enter(ROUTE)
    pace.routes.enter(ROUTE)


async def test_who_has_patience_waits_for_its_route() -> None:
    watch = CallPaceClock()
    pace = RequestPace(
        monotonic=watch,
        sleep=watch.sleep,
        share=OtherProcesses(RouteFull(4.0, None), RouteFull(3.0, None), 0.0),
    )

    await pace.turn(ROUTE, patience=10.0)

    assert watch.now == pytest.approx(107.0)
    with pytest.raises(TryLater):
        await RequestPace(
            monotonic=watch, sleep=watch.sleep, share=OtherProcesses(RouteFull(11.0, None))
        ).turn(ROUTE, patience=10.0)


async def test_what_the_first_call_of_a_window_is_told_all_processes_hear_once() -> None:
    watch, others = CallPaceClock(), OtherProcesses(0.0, 0.0, 0.0, 0.0)
    pace = RequestPace(monotonic=watch, sleep=watch.sleep, share=others)
    five = RouteWindow(5, 4.0)

    await pace.turn(ROUTE)
    pace.routes.learn(ROUTE, told(5, 3, 2.0))  # not the first: nobody knows how long the whole window is
    await pace.turn(ROUTE)
    pace.routes.learn(ROUTE, told(5, 4, 4.0))
    pace.routes.learn(ROUTE, {**told(5, 4, 600.0), "Retry-After": "600"})
    await pace.turn(ROUTE)
    await pace.turn(ROUTE)

    kind = "/channels//threads"
    assert others.asked == [
        RouteCall(ROUTE, kind),
        RouteCall(ROUTE, kind),
        RouteCall(ROUTE, kind, told=five, news=True),
        RouteCall(ROUTE, kind, told=five),
    ]


async def test_many_threads_at_once_are_made_without_one_refusal() -> None:
    async with open_town(speed=20.0) as town:
        forum = DiscordId(town.server.world.add_channel(town.guild, "fans", FORUM).id)

        await asyncio.gather(*(_made(town, forum, number) for number in range(30)))

        assert len(town.server.world.threads(town.guild.id)) == 30
        assert len(town.bot.direct._limits.invalid._times) == 0


async def test_many_forums_at_once_are_made_without_one_refusal() -> None:
    async with open_town(speed=20.0) as town:
        first = town.server.world.add_channel(town.guild, "luna-fans", FORUM)
        like = Forum(DiscordId(first.id), DiscordId(town.guild.id), DiscordId(0), DiscordId(0), None, "{}")
        forums = DiscordForums(town.bot.direct, town.bot.discord.me)

        await asyncio.gather(
            *(_come_back(partial(forums.make, like, number, f"{number:022d}", ())) for number in range(30))
        )

        made = [one for one in town.server.world.channels.values() if one.type == FORUM]
        assert len(made) == 31
        assert len(town.bot.direct._limits.invalid._times) == 0


async def test_what_discord_py_is_answered_is_learned_too() -> None:
    async with open_town() as town:
        await town.bot.discord.find_post(DiscordId(town.lobby.id), "0" * 22, since=0)

        call = town.bot.direct._limits.pace.routes.call(f"GET /channels/{town.lobby.id}/messages")

        assert call.told == RouteWindow(5, 5.0)


async def _made(town: DiscordTestServer, forum: DiscordId, number: int) -> None:
    ref = f"{number:022d}"
    card = Post(title="Nora", body=("A fan.",), accent=1, buttons=(Button("reply", ref, "Reply"),))
    await _come_back(partial(town.bot.discord.open_thread, forum, name=f"fan {number}", card=card, tags=[]))


async def _come_back(deed: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await deed()
        except TryLater as later:
            its_time = asyncio.Event()
            asyncio.get_running_loop().call_later(later.after or 0, its_time.set)
            await its_time.wait()
        else:
            return
