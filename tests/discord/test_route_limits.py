"""A call is turned away while its route is used up, and told when to come back."""

from bot.discord.route_limits import KnownRouteLimits
from tests.discord.paced_calls import ROUTE, CallPaceClock, told, turned_away


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
