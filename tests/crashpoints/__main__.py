"""Crash points as a program: die at every named place, start again, lose nothing.

python -m tests.crashpoints --json
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from tests import postgres
from tests.crashpoints.dying import (
    Fate,
    Look,
    Point,
    die_at_each,
    discover,
    discover_alone,
    played,
    points_of,
)
from tests.crashpoints.scenes import SCENES
from tests.progress import Progress, Say

_LEAST = 40


def main() -> int:
    """Exit 0 only if there are enough places and dying at each of them was survived."""
    parser = argparse.ArgumentParser(prog="tests.crashpoints")
    parser.add_argument("--only", help="places whose name has this in it")
    parser.add_argument(
        "--scene", action="append", choices=list(SCENES), help="only what this scene reaches; repeat it"
    )
    parser.add_argument("--list", action="store_true", help="name the places and stop")
    parser.add_argument("--at-once", type=int, default=8, help="how many benches side by side")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    options = parser.parse_args()
    say = Progress()
    with tempfile.TemporaryDirectory(prefix="crashpoints-") as folder:
        try:
            points, fates = asyncio.run(_run(Path(folder), options, say))
        finally:
            postgres.drop_all()  # with BRIDGE_TEST_POSTGRES the benches have theirs on a server
    if options.list:
        print("\n".join(f"{point.name}  ({', '.join(point.scenes[:3])})" for point in points))
        return 0
    least = 1 if options.only or options.scene else _LEAST
    return _report(fates, least, seconds=say.seconds, as_json=options.json)


async def _run(folder: Path, options: argparse.Namespace, say: Say) -> tuple[list[Point], list[Fate]]:
    looks = await _looked(folder, options.scene or list(SCENES), options.at_once)
    points = points_of(looks)
    say(f"{len(points)} places")
    for point in points:
        if not point.scenes and not options.scene:
            say(f"WITHOUT A SCENE  {point.name}: {point.wanting}")
    wanted = [point for point in points if options.only is None or options.only in point.name]
    if options.scene:  # what these few reach by chance is another one's
        wanted = [point for point in wanted if point.scenes]
    if options.list:
        return wanted, []
    long = {look.scene: look.seconds for look in looks}
    waiting = deque(sorted(wanted, key=lambda point: -long[point.scenes[0]] if point.scenes else 0.0))
    async with asyncio.TaskGroup() as tasks:
        work = [
            tasks.create_task(die_at_each(folder / f"bench-{number}", waiting, number, say))
            for number in range(min(options.at_once, len(wanted)))
        ]
    return wanted, [fate for bench in work for fate in bench.result()]


async def _looked(folder: Path, scenes: Sequence[str], at_once: int) -> list[Look]:
    """Each scene is looked at twice: among others, and alone. The long ones, the table's last, come first."""
    among, alone = deque(reversed(scenes)), deque(reversed(scenes))

    async def both(place: Path, number: int) -> list[Look]:
        return [*await discover(place, among, number), *await discover_alone(place, alone, number)]

    async with asyncio.TaskGroup() as tasks:
        work = []
        for number in range(min(at_once, len(scenes))):
            place = folder / f"look-{number}"
            place.mkdir()
            work.append(tasks.create_task(both(place, number)))
    return [look for bench in work for look in bench.result()]


def _report(fates: list[Fate], least: int, *, seconds: float, as_json: bool) -> int:
    for fate in fates:
        for sentence in fate.wrong[:5]:
            print(f"{fate.point.name} ({played(fate.point)}): {sentence}", file=sys.stderr)
    survived = sum(1 for fate in fates if not fate.wrong)
    figures = {"points": len(fates), "survived": survived, "seconds": seconds}
    print(json.dumps(figures) if as_json else figures)
    return 0 if len(fates) >= least and survived == len(fates) else 1


if __name__ == "__main__":
    sys.exit(main())
