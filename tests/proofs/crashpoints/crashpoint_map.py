"""The map of the crash points, as a file: which scenes surely come to which place.

To find it out each scene is played twice, which takes longer than to die at all of them. The map is proved by
dying: a place that its scenes do not reach is not survived, and one that it lacks is seen on the way.
`python -m tests.proofs.crashpoints --rediscover` finds it out anew and checks the file; `--write` writes it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.proofs.crashpoints.crash_runner import CrashPoint, ScenePlay, points_of

FILE = Path(__file__).with_name("map.json")
_KEPT = 3  # scenes of a place: so many are played, if it comes to that


@dataclass(frozen=True)
class CrashpointMap:
    """Every place with its scenes, and about how many seconds a scene takes."""

    points: tuple[CrashPoint, ...]
    seconds: Mapping[str, float]


def charted(looks: Iterable[ScenePlay]) -> CrashpointMap:
    """What was found out."""
    looks = list(looks)
    return CrashpointMap(tuple(points_of(looks)), {look.scene: look.seconds for look in looks})


def read(file: Path = FILE) -> CrashpointMap:
    """What is on file."""
    held = json.loads(file.read_text(encoding="utf-8"))
    points = tuple(CrashPoint(name, tuple(scenes)) for name, scenes in held["places"].items())
    return CrashpointMap(points, held["seconds"])


def write(chart: CrashpointMap, file: Path = FILE) -> None:
    """To be committed, where a place or a scene is new. A place without a scene is left out: it needs one."""
    places = {point.name: point.scenes[:_KEPT] for point in chart.points if point.scenes}
    held = {"places": places, "seconds": {scene: round(took) for scene, took in chart.seconds.items()}}
    file.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def differences(file: CrashpointMap, found: CrashpointMap) -> list[str]:
    """What is wrong with the file."""
    known, there = {point.name for point in file.points}, {point.name for point in found.points}
    lacks = [f"{name} is not on the map" for name in sorted(there - known)]
    return lacks + [f"{name} is on the map, and nothing comes there" for name in sorted(known - there)]
