"""Finds every place that the scenes reach, and dies at each of them once."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.failpoints import ARM, SEEN
from bot.sandbox.program import ProgramFailed
from tests.crashpoints.bench import Bench, benched
from tests.crashpoints.scenes import SCENES, Scene
from tests.progress import Say
from tests.soak.opening import INTERRUPTED

_DIES_WITHIN = 12.0
_TRIES = 3


@dataclass(frozen=True)
class Point:
    """A place, and the scenes that reach it."""

    name: str
    scenes: tuple[str, ...]


@dataclass(frozen=True)
class Fate:
    """What came of dying there; nothing wrong means: survived."""

    point: Point
    wrong: tuple[str, ...]


async def discover(folder: Path, scenes: Sequence[str]) -> dict[str, list[str]]:
    """Play the scenes without dying: which places each of them reaches."""
    reached = {}
    async with benched(folder, seed=1) as bench:
        for scene in scenes:
            seen = folder / "seen"
            seen.unlink(missing_ok=True)
            await SCENES[scene].before(bench)
            await bench.town.bridge.kill()
            await bench.start(**{SEEN: str(seen)})
            await SCENES[scene].act(bench)
            findings = await bench.quiet()
            if not findings.nothing:
                raise AssertionError(f"“{scene}” goes wrong undisturbed: {list(findings.sentences())[:5]}")
            reached[scene] = seen.read_text(encoding="utf-8").split()
    return reached


def points_of(reached: Mapping[str, Iterable[str]]) -> list[Point]:
    """Every place once; its scenes in the order of the table, simple ones first."""
    scenes: dict[str, list[str]] = {}
    for scene in SCENES:
        for name in reached.get(scene, ()):
            scenes.setdefault(name, []).append(scene)
    return [Point(name, tuple(found)) for name, found in sorted(scenes.items())]


async def die_at_each(
    folder: Path, points: Iterable[Point], seed: int, say: Say, *, within: float = _DIES_WITHIN
) -> list[Fate]:
    """One bench, one point after another; every ledger is compared whole each time."""
    fates: list[Fate] = []
    waiting = list(points)
    while waiting:
        place = folder / f"from-{len(fates)}"
        place.mkdir(parents=True)
        async with benched(place, seed=seed) as bench:
            while waiting:
                point = waiting.pop(0)
                wrong = await _die(bench, point, within)
                fates.append(Fate(point, wrong))
                say(f"{'survived' if not wrong else 'NOT SURVIVED'}  {point.name}  ({point.scenes[0]})")
                if wrong:
                    break  # what is wrong in the ledgers stays wrong: the next ones need a fresh bench
    return fates


async def _die(bench: Bench, point: Point, within: float) -> tuple[str, ...]:
    """What is wrong after dying there. Some places are reached by chance: another scene is tried then."""
    try:
        for scene in (*point.scenes, *point.scenes)[:_TRIES]:
            await SCENES[scene].before(bench)
            await bench.town.bridge.kill()
            if await _died(bench, SCENES[scene], point, within):
                bench.calm()
                await bench.restart()
                await SCENES[scene].mend(bench)
                return tuple((await bench.quiet()).sentences())
            bench.calm()
            await bench.quiet()
    except (*INTERRUPTED, AssertionError) as failed:
        return (f"{type(failed).__name__}: {failed}",)
    return ("the place was not reached",)


async def _died(bench: Bench, scene: Scene, point: Point, within: float) -> bool:
    with suppress(ProgramFailed):  # it may well die before it is ready
        await bench.start(**{ARM: point.name})
    acting = asyncio.create_task(_act(bench, scene))
    died = await bench.died(within)
    acting.cancel()
    await asyncio.wait({acting})
    return died


async def _act(bench: Bench, scene: Scene) -> None:
    with suppress(*INTERRUPTED):
        await scene.act(bench)
