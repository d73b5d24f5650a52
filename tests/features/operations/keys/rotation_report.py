"""Rotates a database from another process, killed again and again."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.app.maintenance import begin
from bot.engine.clock import SystemClock, SystemIds
from bot.features.operations.keys import key_checks
from bot.features.operations.keys.ring import keyring_of
from bot.settings.loader import load
from storage.engine.connect import open_database, site_of
from storage.errors import DatabaseUnreachable
from tests.architecture.source_tree import TOP
from tests.features.operations.keys.keys_scenario import BusyBridge, contents, fill
from tests.settings.test_settings import KEY_6, KEY_7, WHOLE
from tests.warm_commands import PIPE, start_program

Say = Callable[[str], None]
_LOOK_EVERY = 0.01  # seconds: another process does it, and some thousand values a second go over


@dataclass(frozen=True)
class RotationOutcome:
    """What became of it."""

    figures: dict[str, int | float]
    wrong: list[str]


async def turn(folder: Path, url: str, *, values: int, kills: int, seed: int, say: Say) -> RotationOutcome:
    """`values` events and a link go over from one key to the next; the rotation is killed `kills` times."""
    both = WHOLE | {"ENCRYPTION_KEYS": f"{KEY_7},{KEY_6}", "DATABASE_URL": url, "STATE_DIR": str(folder)}
    old, settings = keyring_of(load(both | {"ENCRYPTION_KEYS": KEY_6})), load(both)
    ring = keyring_of(settings)
    database = await open_database(url, now=0)
    try:
        await begin(database, ring, site_of(url).side(database), clock=SystemClock(), ids=SystemIds())
        await fill(database, old, values)
        say("filled")
        busy = BusyBridge(database, ring, values)
        working = asyncio.create_task(busy.run())

        async def older() -> int:
            return (await database.read(lambda tx: key_checks.look(tx, ring))).older("7")

        begun = time.monotonic()
        moments = _moments(await older(), kills, random.Random(seed))  # noqa: S311 - repeatable
        killed = await _rotate(both, folder, moments, older, say)
        seconds = time.monotonic() - begun
        working.cancel()
        wrong = await _ended(working)
        left = await older()
    finally:
        await database.close()
    opened = contents(url, keyring_of(load(both | {"ENCRYPTION_KEYS": KEY_7})))
    figures = {
        "values": sum(map(len, opened.values())),
        "left": left,
        "kills": killed,
        "reads": busy.reads,
        "failed_reads": len(wrong),
        "writes": busy.written,
        "longest_read_ms": round(busy.longest * 1000, 1),
        "longest_write_ms": round(busy.longest_write * 1000, 1),
        "seconds": round(seconds, 1),
    }
    if left or killed < kills:
        wrong.append(f"{left} values are left, {killed} of {kills} kills came in time")
    return RotationOutcome(figures, wrong)


def _moments(whole: int, kills: int, rng: random.Random) -> list[int]:
    """How many values are left when each is killed: a moment of its own in every part but the last."""
    return [round(whole * (1 - (part + rng.random()) / (kills + 1))) for part in range(kills)]


async def _rotate(
    environ: dict[str, str],
    folder: Path,
    moments: list[int],
    older: Callable[[], Awaitable[int]],
    say: Say,
) -> int:
    """Until one comes to its end; how many were killed before theirs."""
    killed = 0
    while True:
        process = await start_program(
            *("bot", "keys", "rotate"),
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), **environ},
            stdout=PIPE,
            stderr=PIPE,
        )
        said = asyncio.create_task(process.communicate())
        if killed < len(moments):
            while not said.done() and await older() > moments[killed]:
                await asyncio.wait({said}, timeout=_LOOK_EVERY)
            if process.returncode is None:
                process.kill()
                killed += 1
                say(f"killed {killed} times")
        out, err = await said
        if process.returncode == 0:
            return killed
        if process.returncode != -9:
            raise RuntimeError(f"keys rotate ended with {process.returncode}: {out!r} {err!r}")


async def _ended(working: "asyncio.Task[None]") -> list[str]:
    """What a read or a write failed with."""
    try:
        await working
    except ExceptionGroup as group:
        expected, rest = group.split((ValueError, DatabaseUnreachable, AssertionError))
        if expected is None or rest is not None:
            raise
        return [f"{type(error).__name__}: {error}" for error in expected.exceptions]
    return []
