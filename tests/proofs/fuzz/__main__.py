"""`python -m tests.proofs.fuzz --requests N --seed S`: the front door under fire."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.progress import Progress
from tests.proofs.fuzz.fuzz_run import fuzz


def main() -> int:
    """0 only if nothing forged came in, nothing broke or leaked, and what was right was taken."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.fuzz")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    say = Progress()
    with tempfile.TemporaryDirectory(prefix="bridge-fuzz-") as folder:
        score = asyncio.run(
            fuzz(Path(folder), requests=options.requests, seed=options.seed, say=say.now_and_then)
        )
    for example in score.examples[:20]:
        print(example, file=sys.stderr)
    say(f"answers: {dict(score.statuses)}")
    figures = score.figures | {"seconds": say.seconds}
    print(json.dumps(figures) if options.json else figures)
    return 0 if score.good else 1


if __name__ == "__main__":
    sys.exit(main())
