"""`python -m tests.features.operations.keys --json`: a new key, no failed read."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests import postgres
from tests.features.operations.keys.rotation_report import RotationOutcome, turn
from tests.progress import Progress


def main() -> int:
    """0 only if no read and no write failed and everything went over, on each kind of database."""
    parser = argparse.ArgumentParser(prog="python -m tests.features.operations.keys")
    parser.add_argument("--values", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    say = Progress()

    def turned(url: str, folder: str) -> RotationOutcome:
        deed = turn(Path(folder), url, values=options.values, kills=options.kills, seed=options.seed, say=say)
        return asyncio.run(deed)

    found = {}
    with tempfile.TemporaryDirectory(prefix="bridge-keys-") as folder:
        found["sqlite"] = turned(f"sqlite:///{folder}/bridge.sqlite3", folder)
        if postgres.server() is None:
            say(f"on SQLite only: {postgres.MISSING}")
        else:
            with postgres.emptied() as url:
                found["postgres"] = turned(url, folder)
            postgres.drop_all()
    for sentence in (sentence for one in found.values() for sentence in one.wrong):
        print(f"wrong: {sentence}", file=sys.stderr)
    figures = {name: one.figures for name, one in found.items()}
    print(json.dumps(figures) if options.json else figures)
    return 1 if any(one.wrong for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
