"""A few crash points; `python -m tests.proofs.crashpoints` has them all."""

from collections import deque
from pathlib import Path

import pytest

from tests.proofs.crashpoints.crash_runner import CrashPoint, ScenePlay, die_at_each, points_of
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import CrashpointScene

pytestmark = pytest.mark.soak

# Between the three commits and calls that the promise hangs on.
POINTS = (
    CrashPoint("commit/facts.Facts.keep/before", ("fan writes",)),
    CrashPoint("commit/facts.Facts.keep/after", ("fan writes",)),
    CrashPoint("discord/post/after", ("fan writes",)),
    CrashPoint("reply/accept/before", ("reply",)),
    CrashPoint("fanvue/send/before", ("reply",)),
    CrashPoint("fanvue/send/after", ("reply",)),
)


async def test_dying_around_each_promise_loses_and_doubles_nothing(tmp_path: Path) -> None:
    said: list[str] = []

    fates = await die_at_each(tmp_path, deque(POINTS), 1, said.append)

    assert [(fate.point.name, fate.wrong) for fate in fates] == [(point.name, ()) for point in POINTS]


async def test_a_place_that_nothing_reaches_does_not_count_as_survived(tmp_path: Path) -> None:
    nowhere = CrashPoint("no/such/place", ("fan writes",))

    fates = await die_at_each(tmp_path, deque([nowhere]), 1, lambda _line: None, within=0.5)

    assert [fate.wrong for fate in fates] == [("the place was not reached",)]


async def test_a_scene_that_took_another_turn_is_played_again(tmp_path: Path) -> None:
    place = CrashPoint("commit/facts.Facts.keep/before", ("late",))
    plays: list[int] = []

    async def late(bench: CrashpointScenario) -> None:
        plays.append(len(plays))
        if plays[-1] > 0:
            await bench.fan().write(bench.words())

    fates = await die_at_each(
        tmp_path, deque([place]), 1, lambda _line: None, within=1.0, scenes={"late": CrashpointScene(late)}
    )

    assert ([fate.wrong for fate in fates], plays) == ([()], [0, 1])


async def test_a_place_that_is_reached_by_chance_only_does_not_count_as_survived(tmp_path: Path) -> None:
    looks = [_alone("reply", "sure", "chance"), _among("reply", "sure")]
    chance, sure = points_of(looks)

    fates = await die_at_each(tmp_path, deque([chance]), 1, lambda _line: None)

    assert (chance, sure) == (CrashPoint("chance", (), ("reply",)), CrashPoint("sure", ("reply",)))
    assert [fate.wrong for fate in fates] == [
        ("it is reached by chance only (“reply”): it needs a scene that always comes here",)
    ]


def test_a_place_that_a_scene_reaches_only_where_others_were_is_reached_by_chance() -> None:
    theirs = [_among("reply", "left over"), _alone("reply")]
    never_alone = [_among("fan writes", "a", "b"), _among("fan writes", "a", "b")]

    assert points_of(theirs) == [CrashPoint("left over", (), ("reply",))]
    assert points_of(never_alone) == [
        CrashPoint("a", (), ("fan writes",)),
        CrashPoint("b", (), ("fan writes",)),
    ]


def test_a_place_that_a_scene_is_for_counts_wherever_it_was_reached() -> None:
    place = "oauth/refresh/after"

    assert points_of([_among("renewed", place)]) == [CrashPoint(place, ("renewed",))]
    assert points_of([_among("renewed", place), _alone("renewed")]) == [CrashPoint(place, (), ("renewed",))]


async def test_what_takes_too_long_is_wrong_at_once(tmp_path: Path) -> None:
    slow = CrashPoint("no/such/place", ("never ends",))

    async def for_ever(_bench: CrashpointScenario) -> None:
        raise TimeoutError("for ever")

    scenes = {"never ends": CrashpointScene(for_ever, before=for_ever)}
    fates = await die_at_each(tmp_path, deque([slow]), 1, lambda _line: None, scenes=scenes)

    assert [fate.wrong for fate in fates] == [("TimeoutError: for ever",)]


def test_a_place_belongs_first_to_the_scene_that_is_for_it() -> None:
    place = "oauth/refresh/after"
    looks = [_alone("reply", place), _alone("renewed", place)]

    assert points_of(looks) == [CrashPoint(place, ("renewed", "reply"))]


def test_a_place_belongs_to_every_scene_that_reaches_it_the_simplest_first() -> None:
    looks = [_alone("reply", "b", "a"), _alone("fan writes", "b")]

    assert points_of(looks) == [CrashPoint("a", ("reply",)), CrashPoint("b", ("fan writes", "reply"))]


def _alone(scene: str, *places: str) -> ScenePlay:
    return ScenePlay(scene, frozenset(places), 1.0, alone=True)


def _among(scene: str, *places: str) -> ScenePlay:
    return ScenePlay(scene, frozenset(places), 1.0, alone=False)
