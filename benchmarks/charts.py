"""What a chart of bars costs: the first one, those after it, and its memory.

    python -m benchmarks.charts [--json] [--rounds N]

The first one imports Pillow and makes the fonts; it is drawn in a thread of its own all the same. Each after
it stays under 300 ms of the processor. Memory is told where the system has `/proc`.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark

BOUND_MS = 300.0
_STATUS = Path("/proc/self/status")


def chart(rows: int = 20) -> BarChart:
    """The largest that anybody can ask for: twenty rows with two figures."""
    shares = tuple(ChartMark(n * 7 % 23, f"{n * 7 % 23}.0 %") for n in range(rows))
    money = tuple(ChartMark(n * 37_123 % 250_000, f"${n * 37_123 % 250_000 / 100:,.2f}") for n in range(rows))
    labels = tuple(f"{n + 1}. {n + 1} Nov" for n in range(rows))
    return BarChart(
        "Mass messages", "The last 20", labels, (ChartColumn("Bought", shares), ChartColumn("Revenue", money))
    )


def resident_mib() -> float | None:
    """The memory of this process; None where the system does not tell it so."""
    if not _STATUS.exists():
        return None
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measured(rounds: int) -> dict[str, float | None]:
    """All of it, in milliseconds and MiB."""
    before, took = resident_mib(), []
    for _ in range(rounds + 1):
        began = time.process_time()
        from bot.features.money.charts.bars import draw  # noqa: PLC0415 - the first one pays for it, as in the bridge

        picture = draw(chart())
        took.append((time.process_time() - began) * 1_000)
    after = resident_mib()
    first, *others = took
    return {
        "first_ms": round(first, 1),
        "p50_ms": round(statistics.median(others), 1),
        "longest_ms": round(max(others), 1),
        "kib": round(len(picture) / 1024, 1),
        "rss_added_mib": None if before is None or after is None else round(after - before, 1),
        "bound_ms": BOUND_MS,
    }


def main(argv: list[str] | None = None) -> int:
    """Measure, print; 1 where a chart after the first one usually takes longer than the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args(argv)
    result = measured(max(given.rounds, 1))
    if given.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        for name, figure in result.items():
            sys.stdout.write(f"{name:14} {figure}\n")
    return 0 if (result["p50_ms"] or 0) < BOUND_MS else 1


if __name__ == "__main__":
    sys.exit(main())
