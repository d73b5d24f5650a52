"""A mass message to 100,000 fans, and 20,000 put on a list by the front door.

    python -m benchmarks.broadcast [--json] [--recipients N] [--members N] [--per-call N] [--speed N]
                                   [--kill] [--list-first] [--after MINUTES] [--seed N]

The real program on real sockets. Exit 0 only if one POST reached everybody once, everybody is on the list
once, neither network said "too many requests", and the list took at most 1.10 of its bound: its calls at the
share of Fanvue's 200 requests in 60 seconds that they may use.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.broadcast.broadcast_run import broadcast, holds
from benchmarks.broadcast.broadcast_size import BroadcastSize
from tests.progress import Progress


def main() -> int:
    """Play, and print."""
    options = _options()
    size = BroadcastSize(
        recipients=options.recipients,
        members=options.members,
        per_call=options.per_call,
        speed=options.speed,
        kill=options.kill,
        list_first=options.list_first,
        after=options.after,
        seed=options.seed,
    )
    with tempfile.TemporaryDirectory(prefix="broadcast-") as folder:
        found = asyncio.run(broadcast(Path(folder), size, Progress()))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write("\n".join(f"{name:<20} {figure:g}" for name, figure in found.items()) + "\n")
    return 0 if holds(found) else 1


def _options() -> argparse.Namespace:
    default = BroadcastSize()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.broadcast", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--recipients", type=int, default=default.recipients, help="of the mass message")
    parser.add_argument("--members", type=int, default=default.members, help="who are put on the list")
    parser.add_argument("--per-call", type=int, default=default.per_call, help="LIST_MEMBERS of the bridge")
    parser.add_argument("--speed", type=float, default=default.speed, help="divides every wait of all three")
    parser.add_argument("--kill", action="store_true", help="the bridge, once, when half are on the list")
    parser.add_argument("--list-first", action="store_true", help="before the mass message, not after it")
    parser.add_argument("--after", type=float, default=default.after, help="minutes watched after it")
    parser.add_argument("--seed", type=int, default=default.seed)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
