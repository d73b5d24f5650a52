"""What the bridge costs beside the least that could do its work, and what it is for.

    python -m benchmarks.compare [--json] [--messages N] [--rounds N] [--peers [NAME …]]

Ways from a webhook to a line on Discord, in turn, in one run, on the same stand-ins with Discord's limits
off. `bare`: the durable commits and the call that the rules demand (`benchmarks/bare.py`); `plain`: a bot as
one writes it in an evening, without a database (`plain_bot.py`); `bridge`: the real program, with a post for
each message. With `--peers` also what others would build on (`peers/`), each brought from its registry; one
that cannot be brought is named with the reason. Each gets as many messages as there are fans, steadily at ten
a second (`p50_ms`, `p95_ms` from writing to the line; for each message `calls` of Discord and `cpu_ms` of the
processor; `mib` of memory after it), and all at once (`lines_per_second`). At last each dies by SIGKILL with
a third of a burst on Discord, four messages of each fan, and is started again, while webhooks that nobody
answered come again: `lost`, `twice` and `reordered` is the price of durability for whoever does not pay it.
Exit 0 only if the bridge lost nothing, and showed nothing twice or out of order.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.compare.comparison_run import compared
from benchmarks.compare.peers.peer_variants import PEERS, brought

COLUMNS = (
    "p50_ms",
    "p95_ms",
    "lines_per_second",
    "calls",
    "cpu_ms",
    "mib",
    "written",
    "lost",
    "twice",
    "reordered",
)


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    parser.add_argument("--messages", type=int, default=200, help="and fans (default: 200)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", choices=PEERS, help="these, or all where none is named")
    given = parser.parse_args(argv)
    wanted = None if given.peers is None else given.peers or list(PEERS)
    here, missing = brought(wanted or [])
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        found = asyncio.run(compared(Path(folder), given.messages, given.rounds, here))
    if given.json:
        told = found if wanted is None else {**found, "not here": missing}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(table(found))
        for name, reason in missing.items():
            sys.stdout.write(f"{name} is not here: {reason}\n")
    return 0 if holds(found) else 1


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """A row for each way; the bridge's ratios are in the JSON alone."""
    rows = [["", *COLUMNS], *([way, *(str(one[name]) for name in COLUMNS)] for way, one in found.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + "\n" for row in rows
    )


def holds(found: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether the bridge lost nothing, and showed nothing twice or out of order."""
    return not any(found["bridge"][harm] for harm in ("lost", "twice", "reordered"))


if __name__ == "__main__":
    sys.exit(main())
