"""Crash points as a program: die at every named place, start again, lose nothing.

python -m tests.proofs.crashpoints --json
python -m tests.proofs.crashpoints --rediscover --json     find the places out anew first, and check the map
python -m tests.proofs.crashpoints --share 2 --json   every second place, which ones is in the seed's hand
python -m tests.proofs.crashpoints --write                 the same, and only write the map
"""

import argparse
import asyncio
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.progress import Progress, Say
from tests.proofs.crashpoints import crashpoint_map as chart_of
from tests.proofs.crashpoints.crash_runner import (
    CrashOutcome,
    CrashPoint,
    ScenePlay,
    die_at_each,
    discover,
    discover_alone,
    played,
    unknown,
)
from tests.proofs.crashpoints.scenes import SCENES

_LEAST = 40


def main() -> int:
    """Exit 0 only if there are enough places and dying at each of them was survived."""
    parser = argparse.ArgumentParser(prog="tests.proofs.crashpoints")
    parser.add_argument("--only", help="places whose name has this in it")
    parser.add_argument(
        "--scene", action="append", choices=list(SCENES), help="only what this scene reaches; repeat it"
    )
    parser.add_argument("--list", action="store_true", help="name the places and stop")
    parser.add_argument("--at-once", type=int, default=8, help="how many benches side by side")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    parser.add_argument("--share", type=int, default=1, help="one place of so many")
    parser.add_argument("--seed", default=_commit(), help="which ones; usually those of this commit")
    parser.add_argument(
        "--rediscover", action="store_true", help="find the places out anew, and check the map"
    )
    parser.add_argument(
        "--write", action="store_true", help="find the places out anew, write the map, and stop"
    )
    options = parser.parse_args()
    say = Progress()
    with tempfile.TemporaryDirectory(prefix="crashpoints-") as folder:
        try:
            found = asyncio.run(_run(Path(folder), options, say))
        finally:
            postgres.drop_all()  # with BRIDGE_TEST_POSTGRES the benches have theirs on a server
    if options.list or options.write:
        print("\n".join(f"{point.name}  ({', '.join(point.scenes[:3])})" for point in found.points))
        return 0
    least = 1 if options.only or options.scene else _LEAST
    return _report(found, least, say.seconds, options)


def _commit() -> str:
    """Another one for each state of the source; whatever there is where it is no checkout."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip()[:10]


def in_share(name: str, share: int, seed: str) -> bool:
    """Whether this place is one of the share; from seed to seed it is another one."""
    return hashlib.sha256(f"{seed} {name}".encode()).digest()[0] % share == 0


@dataclass(frozen=True)
class CrashpointFindings:
    """What came of dying at these places; `unmapped`: what is wrong with the map."""

    points: Sequence[CrashPoint]
    fates: Sequence[CrashOutcome] = ()
    unmapped: Sequence[str] = ()


async def _run(folder: Path, options: argparse.Namespace, say: Say) -> CrashpointFindings:
    unmapped: list[str] = []
    if options.rediscover or options.write or options.scene:  # a map has not all scenes of a place
        chart = chart_of.charted(await _looked(folder, options.scene or list(SCENES), options.at_once))
        if options.write:
            chart_of.write(chart)
        unmapped = [] if options.scene else chart_of.differences(chart_of.read(), chart)
    else:
        chart = chart_of.read()
    say(f"{len(chart.points)} places")
    for point in chart.points:
        if not point.scenes and not options.scene:
            say(f"WITHOUT A SCENE  {point.name}: {point.wanting}")
    wanted = [point for point in chart.points if options.only is None or options.only in point.name]
    if options.scene:  # what these few reach by chance is another one's
        wanted = [point for point in wanted if point.scenes]
    wanted = [point for point in wanted if in_share(point.name, options.share, options.seed)]
    if options.list or options.write:
        return CrashpointFindings(wanted)
    fates = await _died(folder, wanted, chart.seconds, options.at_once, say)
    if not options.scene:
        unmapped += [f"{name} is not on the map" for name in unknown(folder, chart.points)]
    return CrashpointFindings(wanted, fates, sorted(set(unmapped)))


async def _died(
    folder: Path, wanted: Sequence[CrashPoint], seconds: Mapping[str, float], at_once: int, say: Say
) -> list[CrashOutcome]:
    """At each of them, the longest scenes first."""
    takes = {point: seconds.get(point.scenes[0], 0.0) if point.scenes else 0.0 for point in wanted}
    waiting = deque(sorted(wanted, key=lambda point: -takes[point]))
    async with asyncio.TaskGroup() as tasks:
        work = [
            tasks.create_task(die_at_each(folder / f"bench-{number}", waiting, number, say))
            for number in range(min(at_once, len(wanted)))
        ]
    return [fate for bench in work for fate in bench.result()]


async def _looked(folder: Path, scenes: Sequence[str], at_once: int) -> list[ScenePlay]:
    """Each scene is looked at twice: among others, and alone. The long ones, the table's last, come first."""
    among, alone = deque(reversed(scenes)), deque(reversed(scenes))

    async def both(place: Path, number: int) -> list[ScenePlay]:
        return [*await discover(place, among, number), *await discover_alone(place, alone, number)]

    async with asyncio.TaskGroup() as tasks:
        work = []
        for number in range(min(at_once, len(scenes))):
            place = folder / f"look-{number}"
            place.mkdir()
            work.append(tasks.create_task(both(place, number)))
    return [look for bench in work for look in bench.result()]


def _report(found: CrashpointFindings, least: int, seconds: float, options: argparse.Namespace) -> int:
    for fate in found.fates:
        for sentence in fate.wrong[:5]:
            print(f"{fate.point.name} ({played(fate.point)}): {sentence}", file=sys.stderr)
    for sentence in found.unmapped:
        print(f"{sentence}: python -m tests.proofs.crashpoints --write", file=sys.stderr)
    survived = sum(1 for fate in found.fates if not fate.wrong)
    figures = {
        "points": len(found.fates),
        "survived": survived,
        "unmapped": len(found.unmapped),
        "share": options.share,
        "seed": options.seed,
        "seconds": seconds,
    }
    print(json.dumps(figures) if options.json else figures)
    whole = len(found.fates) >= least and survived == len(found.fates) and not found.unmapped
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
