"""One evening in virtual time: the soak's town, people and judges."""

import asyncio
from pathlib import Path

from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import open_house
from tests.proofs.soak.soak_run import SOONER
from tests.proofs.soak.soak_scenario import built
from tests.simulation.cast import Cast
from tests.simulation.inline import Disk
from tests.simulation.judging import judged
from tests.simulation.living import InProcess, settled_in
from tests.simulation.plans import Outcome, Plan
from tests.simulation.wires import WiredLoop

_QUIET_FOR = 2  # looks
_LOOK_EVERY = 5.0
_STUCK_AFTER = 1000.0  # longer than any wait of the bridge


def play(plan: Plan, folder: Path) -> Outcome:
    """The whole of it; this process is good for nothing else afterwards."""
    loop = WiredLoop(plan.dice("order"))
    asyncio.set_event_loop(loop)
    disk = Disk(plan.dice("disk"))
    with settled_in(loop, disk):
        return loop.run_until_complete(_evening(plan, folder, loop, disk))


async def _evening(plan: Plan, folder: Path, loop: WiredLoop, disk: Disk) -> Outcome:
    async with built(
        folder,
        speed=1.0,
        seed=plan.seed,
        houses=plan.houses,
        fans=plan.fans,
        more=SOONER | ({"BURST_SECONDS": "0"} if plan.seed % 2 else {}),
        program=InProcess,
        now=loop.now,
        ports=loop.free_port,
    ) as town:
        cast = Cast(plan, town, loop, disk)
        await town.bridge.start()
        for house in town.houses:
            await open_house(town, house)
        await _played(cast)
        await _still(cast)
        return judged(cast)


async def _played(cast: Cast) -> None:
    steps = cast.plan.steps()
    cast.course.steps = len(steps)
    cast.weather.begin()
    cast.help()
    harm = asyncio.create_task(cast.troubles.run())
    await cast.players.play(steps)
    await harm
    cast.weather.clear_up()


async def _still(cast: Cast) -> None:
    """Until nothing is left to do anywhere, and the bridge has looked for what no webhook told."""
    loop = cast.loop
    begun, since, quiet = loop.wall(), loop.time(), 0
    left: dict[str, int] = {"at first": -1}
    while quiet < _QUIET_FOR:
        await asyncio.sleep(_LOOK_EVERY)
        found = {name: count for name, count in _left(cast, begun).items() if count}
        quiet = 0 if found else quiet + 1
        if found != left:
            left, since = found, loop.time()
        elif loop.time() - since > _STUCK_AFTER:
            cast.troubles.seen.append(
                f"nothing has moved for {_STUCK_AFTER:.0f} s, and this is left: {found}"
            )
            break
    cast.leave()


def _left(cast: Cast, begun: int) -> dict[str, int]:
    """What is still to be done, by who has it to do. `begun`: since when every creator is looked through."""
    town = cast.town
    return {
        "facts and effects": bridge_ledger.busy(town.database),
        "creators to sweep": bridge_ledger.unswept(town.database, begun),
        "webhooks": town.fanvue.webhooks.pending,
        "questions for the team": len(cast.minder.waiting),
        "late requests": town.late,
    }
