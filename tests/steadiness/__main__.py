"""`./run test` again and again: and which test was ever red.

python -m tests.steadiness --runs 20 --busy 4 --json
python -m tests.steadiness --runs 20 --busy 4 --all --json         those that start programs too
python -m tests.steadiness --runs 5 --busy 4 -- tests/journeys     only these (any arguments of pytest)
python -m tests.steadiness --runs 20 --busy 4 --resume             goes on where it was stopped

The second half of the runs has busy processes beside it, of the same niceness. Nothing is tried again: a test
that was red once is named, with the runs in which it was and what it said the first time. After each run all
of it is in `.cache/steadiness.json`, so it may be stopped at any time.

Where nothing was red, `tests/steadiness/delays.py` finds in one run what chance finds in a hundred.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.pools import REPORT, WHOLE_REPORT
from tests.progress import Progress

KEPT = Path(".cache/steadiness.json")
_PART = Path(".cache/steadiness.xml")
_BUSY = (sys.executable, "-c", "while True: pass")
_LONGEST = 4_000  # letters of a failure: its end, where the error stands


@dataclass(frozen=True)
class SteadinessRun:
    """One run: `code` is what it ended with, `red` the tests that were, with what each said."""

    busy: int
    code: int
    seconds: float
    tests: int
    skipped: int
    red: Mapping[str, str]


def main() -> int:
    """Exit 0 only if every run was green."""
    options, say = _options(), Progress()
    asked = {"runs": options.runs, "busy": options.busy, "all": options.all, "tests": options.tests}
    runs = before(KEPT, asked) if options.resume else []
    for number in range(len(runs), options.runs):
        busy = options.busy if number >= options.runs // 2 else 0
        say(f"run {number + 1} of {options.runs}, beside {busy} busy processes")
        with beside(busy):
            runs.append(run(options.tests, busy, whole=options.all))
        KEPT.write_text(json.dumps({"asked": asked, **found(runs)}, indent=1) + "\n", encoding="utf-8")
        say(f"{runs[-1].tests} tests in {runs[-1].seconds:.0f} s, red: {', '.join(runs[-1].red) or 'none'}")
    figures = found(runs)
    print(json.dumps(figures) if options.json else f"{figures['green']} of {figures['runs']} runs were green")
    return 0 if figures["green"] == len(runs) else 1


def before(kept: Path, asked: Mapping[str, object]) -> list[SteadinessRun]:
    """The runs of an earlier start, if it was asked for the same."""
    if not kept.exists():
        return []
    earlier = json.loads(kept.read_text(encoding="utf-8"))
    return [SteadinessRun(**one) for one in earlier["each"]] if earlier.get("asked") == asked else []


@contextmanager
def beside(busy: int) -> Iterator[None]:
    """So many processes that only compute."""
    processes = [subprocess.Popen(_BUSY) for _ in range(busy)]  # noqa: S603 - our own words
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def run(tests: Sequence[str], busy: int, *, whole: bool) -> SteadinessRun:
    """`./run test` once, with or without programs, or the tests that are named."""
    report = _PART if tests else WHOLE_REPORT if whole else REPORT
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    begun = time.monotonic()
    words = ["./run", "test", "-q", *(["--all"] if whole else []), *tests]
    done = subprocess.run(  # noqa: S603 - our own words
        words,
        env={**os.environ, "PYTEST_ADDOPTS": f"--junitxml={_PART.resolve()}"} if tests else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return told(report, busy, done.returncode, round(time.monotonic() - begun, 1))


def told(report: Path, busy: int, code: int, seconds: float) -> SteadinessRun:
    """What a run's report says; a run without one has no test that was green."""
    if not report.exists():
        return SteadinessRun(busy, code or 1, seconds, 0, 0, {})
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own pytest wrote it
    skipped = sum(case.find("skipped") is not None for case in cases)
    red = {}
    for case in cases:
        for wrong in [*case.findall("failure"), *case.findall("error")]:
            said = wrong.text or wrong.get("message") or ""
            red[f"{case.get('classname')}::{case.get('name')}"] = said[-_LONGEST:]
    return SteadinessRun(busy, code, seconds, len(cases), skipped, dict(sorted(red.items())))


def found(runs: Sequence[SteadinessRun]) -> dict[str, object]:
    """All of it: which test was red in which runs, counted from 1, and what it said in the first of them."""
    return {
        "runs": len(runs),
        "green": sum(one.code == 0 for one in runs),
        "red": {name: _ever(name, runs) for name in sorted({name for one in runs for name in one.red})},
        "each": [asdict(one) for one in runs],
    }


def _ever(name: str, runs: Sequence[SteadinessRun]) -> dict[str, object]:
    numbers = [number for number, one in enumerate(runs, 1) if name in one.red]
    return {"runs": numbers, "first": runs[numbers[0] - 1].red[name]}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.steadiness")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument(
        "--busy", type=int, default=4, help="busy processes beside the second half of the runs"
    )
    parser.add_argument("--resume", action="store_true", help="go on after the runs of an earlier start")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    parser.add_argument("--all", action="store_true", help="also the tests that start programs")
    parser.add_argument("tests", nargs="*", help="only these, whether they start programs or not")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
