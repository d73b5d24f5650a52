"""Several workers in a small size: what is drained, handed over, and what idles."""

import pytest

from benchmarks.cluster.__main__ import BOUND, holds, measured
from tests import postgres


async def test_each_number_of_workers_drains_all_of_it_and_what_a_killed_one_had_is_handed_over() -> None:
    postgres.needed()

    found = await measured([1, 2], effects=12, rounds=1, seconds=0.5)

    assert set(found["drain"]) == {"1", "2"}
    for figures in found["drain"].values():
        assert min(figures["deliveries_per_s"], figures["bare_per_s"]) > 0
        assert figures["ratio"] > 0
    # A gateway's hold is over after 8 s at most, a worker's lease after 20 s.
    assert found["hand_over"]["gateway_s"] > 0
    assert found["hand_over"]["worker_s"] > 0
    assert found["idle"]["2"]["transactions_per_s"] > 0


@pytest.mark.parametrize("number", ["1", "3"])
def test_one_number_of_workers_below_the_bound_does_not_hold(number: str) -> None:
    well = {"1": {"ratio": BOUND}, "3": {"ratio": 0.9}}

    assert holds({"drain": well})
    assert not holds({"drain": well | {number: {"ratio": BOUND - 0.01}}})
