"""Each seed in a process of its own, forked from one that has loaded all."""

import hashlib
import json
import os
import resource
import select
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import logs
from tests.simulation import timeless
from tests.simulation.evening import play
from tests.simulation.plans import Plan

_MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that is none; each run has a folder of its own in it
_CPU_SECONDS = 120
_SHOWN = 40


@dataclass(frozen=True)
class Told:
    """What a run said."""

    plan: Plan
    figures: dict[str, int]
    drawn: dict[str, int]
    findings: dict[str, list[str]]
    ledger: str
    story: list[str]
    cpu: float

    @property
    def kinds(self) -> frozenset[str]:
        """What is wrong, by its name."""
        return frozenset(self.findings)


def run_all(
    plans: Iterable[Plan],
    jobs: int,
    tell: Callable[[Told], None],
    goes_on: Callable[[], bool] = lambda: True,
    keep: Path | None = None,
) -> None:
    """Run each plan; `tell` hears of each as it ends. No further one begins when `goes_on` says so.

    `keep`: where each leaves its ledger and what the bridge logged.
    """
    waiting, running = iter(plans), dict[int, tuple[Plan, int, list[bytes]]]()
    more = True
    while more or running:
        while more and len(running) < jobs:
            plan = next(waiting, None) if goes_on() else None
            if plan is None:
                more = False
            else:
                out, pid = _begin(plan, keep)
                running[out] = (plan, pid, [])
        for out in select.select(list(running), [], [])[0] if running else ():
            plan, pid, parts = running[out]
            if part := os.read(out, 1 << 16):
                parts.append(part)
                continue
            os.close(out)
            del running[out]
            _, status = os.waitpid(pid, 0)
            tell(_told(plan, b"".join(parts), status))


def _begin(plan: Plan, keep: Path | None) -> tuple[int, int]:
    """Its end of a pipe, and its number."""
    out, into = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(into)
        return out, pid
    os.close(out)
    try:
        said = _lived(plan, keep)
    except BaseException:  # noqa: BLE001 - whatever it is, it is told
        said = {"broke": traceback.format_exc()}
    with os.fdopen(into, "wb") as pipe:
        pipe.write(json.dumps(said).encode())
    os._exit(0)


def _lived(plan: Plan, keep: Path | None) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    begun = time.process_time()
    with tempfile.TemporaryDirectory(prefix="simulation-", dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name  # where the bot's lock lies
        with timeless.rolled(plan.seed), (folder / "log").open("w", encoding="utf-8") as stream:
            logs.configure("INFO" if keep else "CRITICAL", salt=b"simulation", stream=stream)
            outcome = play(plan, folder)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "log", keep / f"{plan.seed}.log")
            (keep / f"{plan.seed}.ledger").write_text("\n".join(outcome.ledger), encoding="utf-8")
    found = outcome.findings
    named = {
        "lost": found.lost,
        "duplicated": found.duplicated,
        "misrouted": found.misrouted,
        "inversions": found.inverted,
        "unexplained": found.unexplained,
    }
    return {
        "figures": outcome.figures,
        "drawn": dict(outcome.drawn),
        "findings": {name: sentences[:_SHOWN] for name, sentences in named.items() if sentences},
        "ledger": hashlib.sha256("\n".join(outcome.ledger).encode()).hexdigest(),
        "story": outcome.story,
        "cpu": time.process_time() - begun,
    }


def _told(plan: Plan, said: bytes, status: int) -> Told:
    try:
        body = json.loads(said)
    except ValueError:
        body = {"broke": f"it ended with {status} and said nothing"}
    if "broke" in body:
        return Told(plan, {}, {}, {"unexplained": [f"it broke: {body['broke']}"]}, "", [], 0.0)
    return Told(plan=plan, **body)
