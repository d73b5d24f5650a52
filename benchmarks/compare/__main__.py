"""What the bridge costs beside the least that could do its work, and what it is for.

    python -m benchmarks.compare [--json] [--messages N] [--rounds N]

Three ways from a webhook to a line on Discord, in turn, in one run, on the same stand-ins with Discord's
limits off. `bare`: the durable commits and the call that the rules demand (`benchmarks/bare.py`); `plain`: a
bot as one writes it in an evening, without a database (`plain.py`); `bridge`: the real program, with a post
for each message. Each gets as many messages as there are fans, steadily at ten a second (`p50_ms`, `p95_ms`
from writing to the line), and all at once (`lines_per_second`). At last each dies by SIGKILL with a third of
such a burst on Discord and is started again, while webhooks that nobody answered come again: `lost` and
`twice` is the price of durability for whoever does not pay it. Exit 0 only if the bridge lost nothing and
showed nothing twice.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.compare.comparison_run import compared


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    parser.add_argument("--messages", type=int, default=200, help="and fans (default: 200)")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        found = asyncio.run(compared(Path(folder), given.messages, given.rounds))
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        for way, figures in found.items():
            line = "  ".join(f"{name} {figure}" for name, figure in figures.items())
            sys.stdout.write(f"{way:<8}{line}\n")
    return 0 if holds(found) else 1


def holds(found: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether the bridge lost nothing and showed nothing twice."""
    return found["bridge"]["lost"] == 0 and found["bridge"]["twice"] == 0


if __name__ == "__main__":
    sys.exit(main())
