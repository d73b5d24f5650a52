"""Finds every place that the scenes reach, and dies at each of them once."""

import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bot.engine.failpoints import ARM, SEEN
from bot.sandbox.program import ProgramFailed
from tests.progress import Say
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario, benched
from tests.proofs.crashpoints.scene import CrashpointScene, dies_during, nothing
from tests.proofs.crashpoints.scenes import SCENES
from tests.proofs.soak.creator_setup import INTERRUPTED

_DIES_WITHIN = 12.0
_SEEN = "seen-by-the-dying"
_TRIES = 3  # of a place: in the first of its scenes, or the same one again


@dataclass(frozen=True)
class ScenePlay:
    """What one undisturbed play of a scene reached, and how long it took.

    Where it was `alone` on its bench, nothing was left of other scenes that might have come there instead.
    """

    scene: str
    places: frozenset[str]
    seconds: float
    alone: bool


@dataclass(frozen=True)
class CrashPoint:
    """A place, and the scenes that surely reach it; none: those did `by_chance`, and that proves nothing."""

    name: str
    scenes: tuple[str, ...]
    by_chance: tuple[str, ...] = ()

    @property
    def wanting(self) -> str:
        """What is to be done about a place without a scene."""
        reached = ", ".join(f"“{scene}”" for scene in self.by_chance)
        return f"it is reached by chance only ({reached}): it needs a scene that always comes here"


@dataclass(frozen=True)
class CrashOutcome:
    """What came of dying there; nothing wrong means: survived."""

    point: CrashPoint
    wrong: tuple[str, ...]


async def discover(folder: Path, scenes: deque[str], seed: int) -> list[ScenePlay]:
    """Play scenes on one bench without dying, as long as there are any: which places each of them reaches."""
    looks: list[ScenePlay] = []
    async with benched(folder, seed=seed) as bench:
        while scenes:
            looks.append(await _look(bench, scenes.popleft(), folder / "seen", alone=False))
    return looks


async def discover_alone(folder: Path, scenes: deque[str], seed: int) -> list[ScenePlay]:
    """The same, each of them on a bench of its own."""
    looks: list[ScenePlay] = []
    while scenes:
        scene, place = scenes.popleft(), folder / f"alone-{len(looks)}"
        place.mkdir()
        async with benched(place, seed=seed) as bench:
            looks.append(await _look(bench, scene, place / "seen", alone=True))
    return looks


async def _look(bench: CrashpointScenario, scene: str, seen: Path, *, alone: bool) -> ScenePlay:
    begun = time.monotonic()
    await _get_ready(bench, SCENES[scene])
    _forget(seen)  # only now: what came before was the deed of the process before, which told its places, too
    await bench.start(**{SEEN: str(seen)})
    await SCENES[scene].act(bench)
    findings = await bench.quiet()
    if not findings.nothing:
        raise AssertionError(f"“{scene}” goes wrong undisturbed: {list(findings.sentences())[:5]}")
    places = _told(seen)
    if missed := [name for name in SCENES[scene].reaches if not _any(places, name)]:
        raise AssertionError(f"“{scene}” does not reach {missed}")
    return ScenePlay(scene, places, time.monotonic() - begun, alone)


def _forget(seen: Path) -> None:
    seen.unlink(missing_ok=True)


def _told(seen: Path) -> frozenset[str]:
    return frozenset(seen.read_text(encoding="utf-8").split())


def points_of(looks: Iterable[ScenePlay]) -> list[CrashPoint]:
    """Every place once; its scenes are those that reached it each time: first those that are for it.

    Where a scene is not for it, it must have come there alone on its bench, too: what others have left there
    may come to a place in its stead. Within these, and within the others, they are in the order of the table.
    """
    reached: dict[str, list[ScenePlay]] = {}
    for look in looks:
        reached.setdefault(look.scene, []).append(look)
    table = [scene for scene in SCENES if scene in reached]
    places = sorted({place for seen in reached.values() for look in seen for place in look.places})
    return [_point(place, {scene: reached[scene] for scene in table}) for place in places]


def _point(place: str, looks: Mapping[str, list[ScenePlay]]) -> CrashPoint:
    came = [scene for scene, seen in looks.items() if any(place in look.places for look in seen)]
    surely = [scene for scene in came if _surely(place, scene, looks[scene])]
    surely.sort(key=lambda scene: not _is_for(scene, place))
    return CrashPoint(place, tuple(surely), tuple(scene for scene in came if scene not in surely))


def _surely(place: str, scene: str, looks: Iterable[ScenePlay]) -> bool:
    each = all(place in look.places for look in looks)
    return each and (_is_for(scene, place) or any(look.alone for look in looks))


def _is_for(scene: str, place: str) -> bool:
    return place.startswith(SCENES[scene].reaches)


def unknown(folder: Path, points: Iterable[CrashPoint]) -> list[str]:
    """Places that those who were to die came to, and that are none of these: a map that lacks them is old.

    Each of at least two plays: once, and never again, is by chance, as on a busy machine.
    """
    told = Counter(place for seen in folder.rglob(f"{_SEEN}*") for place in _told(seen))
    return sorted({place for place, often in told.items() if often > 1} - {point.name for point in points})


def _any(places: Iterable[str], beginning: str) -> bool:
    return any(place.startswith(beginning) for place in places)


async def die_at_each(
    folder: Path,
    points: deque[CrashPoint],
    seed: int,
    say: Say,
    *,
    within: float = _DIES_WITHIN,
    scenes: Mapping[str, CrashpointScene] = SCENES,
) -> list[CrashOutcome]:
    """One bench, one point after another until none is left; every ledger is compared whole each time."""
    fates: list[CrashOutcome] = []
    while points:
        place = folder / f"from-{len(fates)}"
        place.mkdir(parents=True)
        async with benched(place, seed=seed) as bench:
            while points:
                point = points.popleft()
                wrong = await _die(bench, point, within, scenes)
                fates.append(CrashOutcome(point, wrong))
                say(f"{'survived' if not wrong else 'NOT SURVIVED'}  {point.name}  ({played(point)})")
                if wrong:
                    break  # what is wrong in the ledgers stays wrong: the next ones need a fresh bench
    return fates


async def _die(
    bench: CrashpointScenario, point: CrashPoint, within: float, scenes: Mapping[str, CrashpointScene]
) -> tuple[str, ...]:
    """What is wrong after dying there. It is done once, whatever comes of it.

    On a busy machine a scene may take another turn than in both looks, and not come there. Then the next of
    its scenes is played, or the only one again: what counts is a death there.
    """
    if not point.scenes:
        return (point.wanting,)
    for name in islice(cycle(point.scenes), _TRIES):
        try:
            reached, wrong = await _die_in(bench, scenes[name], point, within)
        except (*INTERRUPTED, AssertionError) as failed:
            return (f"{type(failed).__name__}: {failed}",)
        if reached or wrong:
            return wrong
    return ("the place was not reached",)


async def _die_in(
    bench: CrashpointScenario, scene: CrashpointScene, point: CrashPoint, within: float
) -> tuple[bool, tuple[str, ...]]:
    """Whether it died there, and what is wrong afterwards, in either case."""
    await _get_ready(bench, scene)
    reached = await _died(bench, scene, point, within)
    bench.calm()
    await bench.restart()
    await scene.mend(bench)
    return reached, tuple((await bench.quiet()).sentences())


def played(point: CrashPoint) -> str:
    """The first of its scenes: it is the simplest one."""
    return point.scenes[0] if point.scenes else "by chance"


async def _get_ready(bench: CrashpointScenario, scene: CrashpointScene) -> None:
    """Everything before the scene's own deed; no process is left.

    What was begun is brought to its end first. Otherwise it would depend on a race whether it is the next
    process, the armed one, that carries it out.
    """
    if scene.before is not nothing:
        await scene.before(bench)
        if not scene.leaves:
            await bench.quiet()
    await bench.town.bridge.kill()


async def _died(bench: CrashpointScenario, scene: CrashpointScene, point: CrashPoint, within: float) -> bool:
    with suppress(ProgramFailed):  # it may well die before it is ready
        await bench.start(**{ARM: point.name, SEEN: str(_new(bench.town.folder))})
    return await dies_during(bench, scene.act, within)


def _new(folder: Path) -> Path:
    """A file for what one play tells."""
    return folder / f"{_SEEN}-{len(list(folder.glob(f'{_SEEN}*')))}"
