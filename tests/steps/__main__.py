"""`./run check`, `./run check fast` and `./run check full`.

python -m tests.steps                  what CI runs
python -m tests.steps fast             linters, types, contracts, the tests of what changed
python -m tests.steps full --resume    every proof in its full size; what has passed already is not done again
python -m tests.steps --list           the steps and their budgets
"""

import argparse
import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.postgres_of_run import server_of_run
from tests.steps.changes import ChangeReach, reached
from tests.steps.check_record import CheckRecord, evidence, keep, source
from tests.steps.plan import CHECK, CHECK_BUDGET, FAST_BUDGET, FULL, FULL_BUDGET, CheckStep, fast, together
from tests.steps.step_runner import StepOutcome, StepRunner, adopt
from tests.steps.steps_report import ended, summary

_NO_SERVER = "no server; ./run -- python -m tests.postgres says how to get one"


def main() -> int:
    """Exit 0 only if every step passed; 130 when stopped."""
    options = _options()
    steps, budget = _steps(options.what)
    if options.only:
        steps = [step for step in steps if step.name in options.only]
    if options.list:
        for step in steps:
            _say(f"{step.name:20} {step.budget:4d} s, {step.load} cores: {' '.join(step.command)}")
        _say(f"together {together(steps)} s, at most {budget} s")
        return 0
    adopt()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with server_of_run():
            return asyncio.run(_run(steps, budget, whole=options.what == "full", resume=options.resume))
    except KeyboardInterrupt:
        print("Stopped. ./run check full --resume goes on from here.", file=sys.stderr)
        return 130


def _steps(what: str) -> tuple[list[CheckStep], int]:
    if what == "fast":
        return list(fast(_told(reached()))), FAST_BUDGET
    return (list(FULL), FULL_BUDGET) if what == "full" else (list(CHECK), CHECK_BUDGET)


def _told(reach: ChangeReach) -> Sequence[str]:
    """Which tests are run, and how many there are beyond that; none beyond is the aim, not a promise."""
    _say(f"{len(reach.changed)} files changed since {reach.since}: {len(reach.near)} test files are nearest")
    if reach.far:
        _say(
            f"{len(reach.far)} more reach them, too long or from too far for now: {' '.join(reach.far[:5])} …"
        )
    return reach.near


async def _run(steps: Sequence[CheckStep], budget: int, *, whole: bool, resume: bool) -> int:
    begun, server = time.monotonic(), _server()
    kept = CheckRecord.of(source(), resume=resume) if whole else None
    known = list(kept.outcomes.values()) if kept else []
    names = {one.name for one in known}
    for one in known:
        _say(f"known from before: {one.name}, {one.seconds} s")
    skipped = [f"{step.name:20} skipped: {_NO_SERVER}" for step in steps if step.on_server and not server]

    def end(outcome: StepOutcome) -> None:
        _say(ended(outcome))
        if kept is not None:
            kept.keep(outcome)

    runner = StepRunner(lambda step: _say(f"── {step.name} begins (budget {step.budget} s)"), end, server)
    doing = [step for step in steps if step.name not in names and (server or not step.on_server)]
    outcomes = known + await runner.run(doing)
    seconds = time.monotonic() - begun
    _say(summary(outcomes, skipped, seconds, budget))
    passed = all(outcome.passed for outcome in outcomes)
    if whole and passed and not skipped and len(outcomes) == len(FULL):
        _say(f"kept as {keep(evidence(outcomes, skipped, sum(one.seconds for one in outcomes)))}")
    return 0 if passed else 1


def _server() -> str:
    """The URL of the PostgreSQL server; empty where none answers. The summary says so."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.postgres"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run check")
    parser.add_argument("what", nargs="?", choices=["fast", "full", "all"], default="all")
    names = sorted({step.name for step in (*CHECK, *FULL)})
    parser.add_argument("--only", action="append", metavar="STEP", choices=names, help="may be repeated")
    parser.add_argument("--resume", action="store_true", help="full: what has passed is not done again")
    parser.add_argument("--list", action="store_true", help="the steps and their budgets")
    return parser.parse_args()


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
