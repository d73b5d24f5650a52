"""Calls keep below Discord's limits by themselves, so that none has to be refused."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from bot.discord.more_forums import DiscordForums
from bot.discord.request_pace import RequestPace
from bot.discord.route_limits import KnownRouteLimits
from bot.model.errors import TryLater
from bot.model.ports import Button, Post
from bot.sandbox.discord.model import FORUM
from storage.engine.discord_routes import RouteCall, RouteFull, RouteWindow
from storage.records import DiscordId, Forum
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as open_town

ROUTE = "/channels/1/threads"


class CallPaceClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def told(limit: int, left: int, after: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset-After": str(after),
    }


def turned_away(routes: KnownRouteLimits) -> float:
    with pytest.raises(TryLater) as refused:
        routes.enter(ROUTE)
    assert refused.value.after is not None
    return refused.value.after


async def test_no_second_has_more_calls_than_discord_allows() -> None:
    watch = CallPaceClock()
    pace = RequestPace(monotonic=watch, sleep=watch.sleep)
    out = []
    for _ in range(500):
        await pace.turn()
        out.append(watch.now)

    most = max(sum(start <= at < start + 1 for at in out) for start in out)

    assert 40 <= most < 50
    assert out[-1] - out[0] <= 500 / 40


async def test_after_the_machine_stood_still_no_second_has_more_either() -> None:
    watch, held = CallPaceClock(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        due = watch.now + seconds
        if not held.is_set():
            await held.wait()
        watch.now = max(watch.now, due)

    pace, out = RequestPace(monotonic=watch, sleep=sleep), []

    async def call() -> None:
        await pace.turn()
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


def test_a_route_that_is_not_known_is_tried_by_one_call() -> None:
    routes = KnownRouteLimits(CallPaceClock())

    routes.enter(ROUTE)

    assert turned_away(routes) == 0.5


def test_as_many_go_as_the_answers_leave_and_the_others_come_back_in_turns() -> None:
    watch = CallPaceClock()
    routes = KnownRouteLimits(watch)
    routes.enter(ROUTE)
    routes.leave(ROUTE, told(3, 2, 5.0))
    routes.enter(ROUTE)
    routes.enter(ROUTE)

    waits = [turned_away(routes) for _ in range(7)]
    routes.enter("/channels/2/threads")

    assert waits == [5.0] * 3 + [10.0] * 3 + [15.0]


def test_a_new_window_is_open_again() -> None:
    watch = CallPaceClock()
    routes = KnownRouteLimits(watch)
    routes.enter(ROUTE)
    routes.leave(ROUTE, told(1, 0, 5.0))
    assert turned_away(routes) == 5.0

    watch.now += 5.0

    routes.enter(ROUTE)


def test_an_answer_without_a_limit_or_no_answer_leaves_one_at_a_time() -> None:
    routes = KnownRouteLimits(CallPaceClock())

    for headers in (None, {}, {"X-RateLimit-Limit": "many"}):
        routes.enter(ROUTE)
        routes.leave(ROUTE, headers)

    routes.enter(ROUTE)


def test_routes_that_nobody_waits_for_are_forgotten() -> None:
    watch = CallPaceClock()
    routes = KnownRouteLimits(watch)

    for number in range(5000):
        watch.now += 10
        routes.enter(f"/channels/{number}/threads")
        routes.leave(f"/channels/{number}/threads", told(5, 4, 5.0))

    assert len(routes._routes) <= 1001


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
