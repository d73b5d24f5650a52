"""The seeded bugs as a program: each must be caught by its proofs.

python -m tests.proofs.sensitivity --json
python -m tests.proofs.sensitivity --only no-nonce --only adoption-off
python -m tests.proofs.sensitivity --resume            go on where a stopped run ended
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.progress import Progress, Say
from tests.proofs.sensitivity.bugs import BUGS
from tests.proofs.sensitivity.program_forks import warm
from tests.proofs.sensitivity.proof_runner import NotGreen, ProofRunner
from tests.proofs.sensitivity.result_memory import BugResult, ResultMemory, usual_file
from tests.proofs.sensitivity.seeded_source import Bug, copy_source, fingerprint


def main() -> int:
    """Exit 0 only if every bug was caught; 130 when stopped, with what was done remembered."""
    options = _options()
    if options.list:
        _out("\n".join(f"{bug.name}: {bug.harm}" for bug in BUGS))
        return 0
    say = Progress()
    bugs = [bug for bug in BUGS if not options.only or bug.name in options.only]
    try:
        results = asyncio.run(run(bugs, say, options.jobs, options.state, resume=options.resume))
    except NotGreen as fault:
        print(f"The source itself does not start: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. --resume goes on from here.", file=sys.stderr)
        return 130
    caught = sum(result.caught for result in results)
    figures = {"bugs": len(results), "caught": caught, "seconds": say.seconds}
    for result in results:
        if not result.caught:
            print(f"not caught: {result.name}: {result.words}", file=sys.stderr)
    _out(json.dumps(figures) if options.json else f"{caught} of {len(results)} bugs were caught")
    return 0 if caught == len(results) else 1


async def run(
    bugs: Sequence[Bug], say: Say, jobs: int = 2, state: Path | None = None, *, resume: bool = False
) -> list[BugResult]:
    """Prove these bugs, so many at once. Raises NotGreen when the source itself does not start."""
    with tempfile.TemporaryDirectory(prefix="sensitivity-") as folder:
        clean = await asyncio.to_thread(copy_source, Path(folder) / "clean")
        tree = fingerprint(clean)
        file = state or Path(folder) / "state.json"
        memory = ResultMemory.read(file, tree) if resume else ResultMemory(file, tree)
        for result in memory.results.values():
            say(f"known from before: {result.name} caught by {result.words}")
        async with warm() as forks:
            return await ProofRunner(clean, forks, memory, say, jobs).prove(bugs)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.proofs.sensitivity")
    parser.add_argument("--json", action="store_true", help="one line of JSON on stdout")
    names = [bug.name for bug in BUGS]
    parser.add_argument("--only", action="append", metavar="NAME", choices=names, help="may be repeated")
    parser.add_argument("--list", action="store_true", help="the bugs and their harm")
    parser.add_argument("--jobs", type=int, default=2, help="how many trees at once")
    parser.add_argument("--resume", action="store_true", help="believe what the last run found")
    parser.add_argument("--state", type=Path, default=usual_file(), help="where to remember what was found")
    return parser.parse_args()


def _out(line: str) -> None:
    print(line)


if __name__ == "__main__":
    sys.exit(main())
