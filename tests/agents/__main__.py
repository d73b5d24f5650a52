"""`python -m tests.agents --json`: what programs read, and do at nobody's word."""

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.agents.agent_play import AgentSizes, played


def main() -> int:
    """0 when nothing was sent, changed or read that should not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.agents", description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000, help="how many texts try to give orders")
    parser.add_argument("--drafts", type=int, default=100, help="how many drafts of each kind")
    parser.add_argument("--events", type=int, default=10_000, help="how many events a program is told of")
    parser.add_argument("--kills", type=int, default=30, help="how often the bridge is killed meanwhile")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="agents-") as folder:
        sizes = AgentSizes(options.texts, options.drafts, options.events, options.kills)
        report = asyncio.run(played(Path(folder), sizes))
    figures = asdict(report)
    lines = [json.dumps(figures)] if options.json else [f"{name:<15} {n}" for name, n in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
