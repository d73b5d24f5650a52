"""A few crash points; `python -m tests.crashpoints` has them all."""

from collections import deque
from pathlib import Path

import pytest

from tests.crashpoints.bench import Bench
from tests.crashpoints.dying import Look, Point, die_at_each, points_of
from tests.crashpoints.scene import Scene

pytestmark = pytest.mark.soak

# Between the three commits and calls that the promise hangs on.
POINTS = (
    Point("commit/facts.Facts.keep/before", ("fan writes",)),
    Point("commit/facts.Facts.keep/after", ("fan writes",)),
    Point("discord/post/after", ("fan writes",)),
    Point("reply/accept/before", ("reply",)),
    Point("fanvue/send/before", ("reply",)),
    Point("fanvue/send/after", ("reply",)),
)


async def test_dying_around_each_promise_loses_and_doubles_nothing(tmp_path: Path) -> None:
    said: list[str] = []

    fates = await die_at_each(tmp_path, deque(POINTS), 1, said.append)

    assert [(fate.point.name, fate.wrong) for fate in fates] == [(point.name, ()) for point in POINTS]


async def test_a_place_that_nothing_reaches_does_not_count_as_survived(tmp_path: Path) -> None:
    nowhere = Point("no/such/place", ("fan writes",))

    fates = await die_at_each(tmp_path, deque([nowhere]), 1, lambda _line: None, within=0.5)

    assert [fate.wrong for fate in fates] == [("the place was not reached",)]


async def test_a_place_that_is_reached_by_chance_only_does_not_count_as_survived(tmp_path: Path) -> None:
    looks = [Look("reply", frozenset({"sure", "chance"}), 1.0), Look("reply", frozenset({"sure"}), 1.0)]
    chance, sure = points_of(looks)

    fates = await die_at_each(tmp_path, deque([chance]), 1, lambda _line: None)

    assert (chance, sure) == (Point("chance", ()), Point("sure", ("reply",)))
    assert [fate.wrong for fate in fates] == [
        ("it is reached by chance only: it needs a scene that always comes here",)
    ]


async def test_what_takes_too_long_is_wrong_at_once(tmp_path: Path) -> None:
    slow = Point("no/such/place", ("never ends",))

    async def for_ever(_bench: Bench) -> None:
        raise TimeoutError("for ever")

    scenes = {"never ends": Scene(for_ever, before=for_ever)}
    fates = await die_at_each(tmp_path, deque([slow]), 1, lambda _line: None, scenes=scenes)

    assert [fate.wrong for fate in fates] == [("TimeoutError: for ever",)]


def test_a_place_belongs_first_to_the_scene_that_is_for_it() -> None:
    place = "oauth/refresh/after"
    looks = [Look("reply", frozenset({place}), 1.0), Look("renewed", frozenset({place}), 1.0)]

    assert points_of(looks) == [Point(place, ("renewed", "reply"))]


def test_a_place_belongs_to_every_scene_that_reaches_it_the_simplest_first() -> None:
    looks = [Look("reply", frozenset({"b", "a"}), 1.0), Look("fan writes", frozenset({"b"}), 1.0)]

    assert points_of(looks) == [Point("a", ("reply",)), Point("b", ("fan writes", "reply"))]
