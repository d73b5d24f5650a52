"""What several workers on one PostgreSQL database carry out, beside the bare engine.

    python -m benchmarks.cluster [--json] [--effects N] [--workers 1,2,3] [--rounds N] [--idle SECONDS]

`deliveries_per_s`: effects of the outbox, each of a stream of its own, by a deed that calls nobody: taken in
order, marked as being sent, its end kept, all of it durable. `bare_per_s`: jobs of procrastinate that do
nothing, as many, by as many processes, in the same round. `hand_over`: seconds after a kill. `idle`: what
workers cost that have nothing to do. Exit 1 if deliveries are fewer than `BOUND` of the bare jobs.
"""

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.cluster.delivery_rates import bare, deliveries
from benchmarks.cluster.handover_times import of_a_gateway, of_a_worker
from benchmarks.cluster.idle_costs import idle
from tests import postgres
from tests.progress import Progress

BOUND = 0.6


def main() -> int:
    """See above."""
    parser = argparse.ArgumentParser(prog="benchmarks.cluster")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    parser.add_argument("--effects", type=int, default=3000)
    parser.add_argument("--workers", default="1,2,3", help="how many processes, with commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=30.0, help="seconds")
    options = parser.parse_args()
    workers = [int(word) for word in options.workers.split(",")]
    try:
        found = asyncio.run(
            measured(workers, effects=options.effects, rounds=options.rounds, seconds=options.idle)
        )
    finally:
        postgres.drop_all()
    sys.stdout.write(json.dumps(found, indent=None if options.json else 2) + "\n")
    return 0 if holds(found) else 1


def holds(found: Mapping[str, Any]) -> bool:
    """Whether each number of workers is within the bound."""
    return all(one["ratio"] >= BOUND for one in found["drain"].values())


async def measured(workers: Sequence[int], *, effects: int, rounds: int, seconds: float) -> dict[str, Any]:
    """All figures; `seconds`: for how long idle workers are looked at."""
    say = Progress()
    drain = {}
    for number in workers:
        ours, theirs = [], []
        for turn in range(rounds):
            theirs.append(await bare(number, effects, effects))
            ours.append(await deliveries(number, effects, effects))
            say(f"{number} workers, round {turn + 1}: {ours[-1]:.0f} deliveries/s, {theirs[-1]:.0f} jobs/s")
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        drain[str(number)] = {
            "deliveries_per_s": round(statistics.median(ours)),
            "bare_per_s": round(statistics.median(theirs)),
            "ratio": round(statistics.median(ratios), 2),
        }
    gateway, worker = await of_a_gateway(), await of_a_worker()
    say(f"handed over: a gateway after {gateway:.1f} s, a worker's effect after {worker:.1f} s")
    return {
        "effects": effects,
        "drain": drain,
        "hand_over": {"gateway_s": round(gateway, 1), "worker_s": round(worker, 1)},
        "idle": {str(max(workers)): await idle(max(workers), seconds)},
    }


if __name__ == "__main__":
    sys.exit(main())
