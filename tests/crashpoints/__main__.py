"""Crash points as a program: die at every named place, start again, lose nothing.

python -m tests.crashpoints --json
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests import postgres
from tests.crashpoints.dying import Fate, Point, die_at_each, discover, points_of
from tests.crashpoints.scenes import SCENES
from tests.progress import Progress, Say

_LEAST = 40


def main() -> int:
    """Exit 0 only if there are enough places and dying at each of them was survived."""
    parser = argparse.ArgumentParser(prog="tests.crashpoints")
    parser.add_argument("--only", help="places whose name has this in it")
    parser.add_argument("--list", action="store_true", help="name the places and stop")
    parser.add_argument("--at-once", type=int, default=4, help="how many benches side by side")
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
    least = 1 if options.only else _LEAST
    return _report(fates, least, seconds=say.seconds, as_json=options.json)


async def _run(folder: Path, options: argparse.Namespace, say: Say) -> tuple[list[Point], list[Fate]]:
    points = await _discovered(folder, options.at_once)
    say(f"{len(points)} places")
    wanted = [point for point in points if options.only is None or options.only in point.name]
    if options.list:
        return wanted, []
    shares = [wanted[start :: options.at_once] for start in range(options.at_once)]
    async with asyncio.TaskGroup() as tasks:
        work = [
            tasks.create_task(die_at_each(folder / f"bench-{number}", share, number, say))
            for number, share in enumerate(shares)
        ]
    return wanted, [fate for bench in work for fate in bench.result()]


async def _discovered(folder: Path, at_once: int) -> list[Point]:
    names = list(SCENES)
    async with asyncio.TaskGroup() as tasks:
        work = []
        for number in range(at_once):
            place = folder / f"look-{number}"
            place.mkdir()
            work.append(tasks.create_task(discover(place, names[number::at_once])))
    reached: dict[str, list[str]] = {}
    for bench in work:
        reached |= bench.result()
    return points_of(reached)


def _report(fates: list[Fate], least: int, *, seconds: float, as_json: bool) -> int:
    for fate in fates:
        for sentence in fate.wrong[:5]:
            print(f"{fate.point.name} ({fate.point.scenes[0]}): {sentence}", file=sys.stderr)
    survived = sum(1 for fate in fates if not fate.wrong)
    figures = {"points": len(fates), "survived": survived, "seconds": seconds}
    print(json.dumps(figures) if as_json else figures)
    return 0 if len(fates) >= least and survived == len(fates) else 1


if __name__ == "__main__":
    sys.exit(main())
