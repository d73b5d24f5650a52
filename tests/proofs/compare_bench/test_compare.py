"""Three ways are written to and killed in a small size; what is lost is counted."""

from pathlib import Path

import pytest

from benchmarks.compare.__main__ import COLUMNS, holds, table
from benchmarks.compare.comparison_run import SteadyRound, compared, overtaken, summed_up, with_ratios


async def test_each_way_is_written_to_and_killed_and_only_the_bridge_loses_nothing_for_certain(
    tmp_path: Path,
) -> None:
    found = await compared(tmp_path, 12, 1)

    assert set(found) == {"bare", "plain", "bridge"}
    for way, figures in found.items():
        assert (figures["messages"], figures["written"]) == (12, 12), way
        assert 0 < figures["p50_ms"] <= figures["p95_ms"], way
        assert figures["lines_per_second"] > 0, way
        assert figures["calls"] >= 1, way
        assert figures["cpu_ms"] > 0, way
        assert figures["mib"] > 10, way
    assert holds(found)
    assert found["bridge"]["p50_of_plain"] > 0


def test_figures_are_the_median_the_95th_of_a_hundred_and_the_bridges_share_of_the_others() -> None:
    slow = SteadyRound([number / 1000 for number in range(100)], calls=2.0, cpu_ms=9.0, mib=120.0)
    quick = SteadyRound([0.01] * 100, calls=1.0, cpu_ms=2.0, mib=40.0)

    found = with_ratios(
        {
            "bare": summed_up([quick], [100.0]),
            "plain": summed_up([quick], [50.0, 200.0, 70.0]),
            "bridge": summed_up([slow], [35.0]),
        }
    )

    assert (found["bridge"]["p50_ms"], found["bridge"]["p95_ms"]) == (50.0, 95.0)
    assert found["plain"]["lines_per_second"] == 70.0
    assert (found["bridge"]["p50_of_bare"], found["bridge"]["lines_per_second_of_plain"]) == (5.0, 0.5)


def test_what_stands_below_a_later_one_of_its_fan_is_out_of_order() -> None:
    assert [overtaken(places) for places in ([0, 1, 2], [1, 0, 2], [2, 1, 0], [])] == [0, 1, 2, 0]


def test_the_table_has_a_row_for_each_way() -> None:
    figures = dict.fromkeys(COLUMNS, 1.5)

    rows = table({"bare": figures, "discord.js": figures | {"lost": 40.0}}).splitlines()

    assert [row.split()[0] for row in rows] == ["p50_ms", "bare", "discord.js"]
    assert len({len(row) for row in rows}) == 1
    assert rows[2].split()[8] == "40.0"


@pytest.mark.parametrize("harm", ["lost", "twice", "reordered"])
def test_a_bridge_with_a_single_harm_does_not_hold(harm: str) -> None:
    unharmed = {"lost": 0.0, "twice": 0.0, "reordered": 0.0}

    assert holds({"bridge": unharmed, "plain": {"lost": 40.0, "twice": 0.0}})
    assert not holds({"bridge": unharmed | {harm: 1.0}})
