"""A few crash points; `python -m tests.crashpoints` has them all."""

from pathlib import Path

import pytest

from tests.crashpoints.dying import Point, die_at_each, points_of

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

    fates = await die_at_each(tmp_path, POINTS, 1, said.append)

    assert [(fate.point.name, fate.wrong) for fate in fates] == [(point.name, ()) for point in POINTS]


async def test_a_place_that_nothing_reaches_does_not_count_as_survived(tmp_path: Path) -> None:
    nowhere = Point("no/such/place", ("fan writes",))

    fates = await die_at_each(tmp_path, [nowhere], 1, lambda _line: None, within=0.5)

    assert [fate.wrong for fate in fates] == [("the place was not reached",)]


def test_a_place_is_tried_in_every_scene_that_reaches_it() -> None:
    points = points_of({"reply": ["b", "a"], "fan writes": ["b"]})

    assert points == [Point("a", ("reply",)), Point("b", ("fan writes", "reply"))]
