"""What befalls the bridge beside the weather, by the fault catalogue."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bot.sandbox.program import ProgramFailed
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_scenario import SoakScenario
from tests.simulation.far_away import FAR_AWAY
from tests.simulation.inline import Disk
from tests.simulation.living import InProcess
from tests.simulation.wires import WiredLoop

_STEPS = 4_000  # within so many steps of the loop a death comes
_TRIES = 30
_SET_BY = 4_000  # milliseconds: two clocks differ by less (bot/relay/send_match.py)


@dataclass
class Troubles:
    """Draws one after the other, from one seed, until the script is played."""

    town: SoakScenario
    loop: WiredLoop
    disk: Disk
    rng: random.Random
    course: ScriptProgress
    count: int
    quiet: frozenset[int]
    drawn: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # what must not be
    deaths: int = 0
    long: bool = False  # one that lasts
    down: bool = False  # nobody starts it before its time

    async def run(self) -> None:
        """Returns after the last one, with everything running again."""
        kinds, number = self._kinds(), 0
        async for _ in self.course.moments(self.rng, self.count):
            dice = random.Random(f"{self.rng.random()}")
            name, number = dice.choice(sorted(kinds)), number + 1
            if number in self.quiet:
                continue
            self.drawn[name] += 1
            self.tell(f"trouble {number}: {name}")
            await kinds[name](dice)

    def _kinds(self) -> dict[str, Callable[[random.Random], Awaitable[None]]]:
        own = {
            "A8 disk full": self._disk_full,
            "A9 C8 D2 death": self._death,
            "B1 down for hours": self._long_death,
            "C8 two deaths": self._two_deaths,
            "F11 clock set": self._clock,
            "stop": self._stop,
        }
        return own | {name: self._lasting(deed) for name, deed in FAR_AWAY.items()}

    def _lasting(
        self, deed: Callable[[SoakScenario, random.Random], Awaitable[list[str]]]
    ) -> Callable[[random.Random], Awaitable[None]]:
        async def lasts(dice: random.Random) -> None:
            self.long = True
            self.seen += await deed(self.town, dice)
            self.long = False

        return lasts

    def tell(self, line: str) -> None:
        """A line of the story."""
        self.story.append(f"{self.loop.time():.3f} {line}")

    # ── the bridge ──

    @property
    def bridge(self) -> InProcess:
        """The town's."""
        assert isinstance(self.town.bridge, InProcess)
        return self.town.bridge

    async def _death(self, dice: random.Random) -> None:
        await self._die(dice.randrange(_STEPS))
        await self._back(dice.uniform(0, 8))

    async def _two_deaths(self, dice: random.Random) -> None:
        await self._die(dice.randrange(_STEPS))
        begun = asyncio.create_task(self._back(0.1))
        await asyncio.sleep(0.1)
        await self._die(dice.randrange(_STEPS // 4))
        await begun
        await self._back(dice.uniform(0, 2))

    async def _long_death(self, dice: random.Random) -> None:
        await self._die(dice.randrange(_STEPS))
        self.long = True
        await self._back(dice.uniform(600, 4 * 3600))
        self.long = False

    async def _stop(self, dice: random.Random) -> None:
        self.down = True
        await self.bridge.stop()
        await self._back(dice.uniform(0, 5))

    async def _die(self, steps: int) -> None:
        life, process = self.bridge.life, self.bridge._process
        if life is None or process is None or life.dead:
            return
        self.down = True
        life.doom(steps)
        await process.wait()
        self.deaths += 1
        self.tell(f"life {life.number} ends after {life.steps} steps")

    async def _back(self, after: float) -> None:
        await asyncio.sleep(after)
        self.down = False
        for _ in range(_TRIES):
            with suppress(ProgramFailed):
                await self.bridge.start()
                return
            await asyncio.sleep(1)

    async def _disk_full(self, dice: random.Random) -> None:
        self.disk.full = True
        await asyncio.sleep(dice.uniform(0.05, 6))
        self.disk.full = False

    async def _clock(self, dice: random.Random) -> None:
        self.loop.jumped = round(dice.uniform(-_SET_BY, _SET_BY))
