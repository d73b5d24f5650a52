"""A small broadcast is played and counted, also with a death in the middle."""

from pathlib import Path

import pytest

from benchmarks.broadcast.broadcast_run import broadcast, holds
from benchmarks.broadcast.broadcast_size import BroadcastSize
from tests.progress import silent
from tests.warm_bridge import WarmProgram

_SMALL = BroadcastSize(
    recipients=600, members=300, per_call=2, speed=20.0
)  # so many that their number is typed
_IN_ORDER = {"posts": 1.0, "lost": 0.0, "duplicated": 0.0, "http_429": 0.0, "ratio": 1.0}


async def test_a_small_broadcast_reaches_everybody_once_and_its_list_has_everybody_once(
    tmp_path: Path,
) -> None:
    found = await broadcast(tmp_path, _SMALL, silent, WarmProgram)

    assert (found["posts"], found["recipients"], found["count_told"]) == (1, 600, 1)
    assert (found["members"], found["calls"], found["ledger_added"]) == (300, 150, 300)
    assert (found["lost"], found["duplicated"], found["http_429"]) == (0, 0, 0)


async def test_killed_while_its_list_is_filled_nobody_is_on_it_twice_and_nobody_is_missing(
    tmp_path: Path,
) -> None:
    small = BroadcastSize(recipients=20, members=300, per_call=2, speed=20.0, kill=True, list_first=True)

    found = await broadcast(tmp_path, small, silent, WarmProgram)

    assert (found["killed"], found["members"], found["ledger_added"]) == (1, 300, 300)
    assert (found["posts"], found["lost"], found["duplicated"]) == (1, 0, 0)


def test_the_bound_of_a_list_is_its_calls_at_the_share_of_the_limit_that_lists_may_use() -> None:
    assert BroadcastSize().calls == 200
    assert BroadcastSize().bound == 150.0
    assert BroadcastSize(speed=10.0).bound == 15.0
    assert BroadcastSize().earliest == 120.0
    assert BroadcastSize(members=8_000).earliest == 0.0


@pytest.mark.parametrize(
    ("name", "figure"),
    [("posts", 2), ("posts", 0), ("lost", 1), ("duplicated", 1), ("http_429", 1), ("ratio", 1.11)],
)
def test_a_broadcast_with_a_single_harm_does_not_hold(name: str, figure: float) -> None:
    assert holds(_IN_ORDER)
    assert not holds(_IN_ORDER | {name: figure})
