"""A small crowd writes, one answer is lost; reads of one moment are few calls."""

from pathlib import Path

import pytest

from benchmarks.crowd import BOUNDS, KILLED, CrowdSize, broken, measure


async def test_a_crowds_texts_cost_fewer_calls_than_there_are_and_all_that_waits_is_measured(
    tmp_path: Path,
) -> None:
    found = await measure(tmp_path, CrowdSize(texts=24, seconds=24, fans=6, silent=2, speed=20))

    assert BOUNDS.keys() <= found.keys()
    assert (found["texts"], found["silent"], found["http_429"]) == (24, 2, 0)
    assert found["calls_a_text"] < 1
    assert 0 < found["line_p50_s"] <= found["line_last_s"]


@pytest.mark.parametrize("bounds", [BOUNDS, KILLED])
def test_a_single_wait_above_its_bound_is_told(bounds: dict[str, float]) -> None:
    at_most = bounds | ({"kills": 1.0} if bounds is KILLED else {})

    assert broken(at_most) == []
    for name, bound in bounds.items():
        assert broken(at_most | {name: bound + 0.1}) == [f"{name} is {bound + 0.1}, and {bound} is the most"]
