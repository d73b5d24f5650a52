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
from tests.simulation.living import InProcess, settle_in
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
    settle_in(loop, disk)
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
    await cast.town.houses[0].fans[0].come_online()  # an event behind what was held back lets it go


async def _still(cast: Cast) -> None:
    """Until nothing is left to do anywhere, and the bridge has looked for what no webhook told."""
    town, loop = cast.town, cast.loop
    begun, since, left, quiet = loop.wall(), loop.time(), -1, 0
    while quiet < _QUIET_FOR:
        await asyncio.sleep(_LOOK_EVERY)
        busy = bridge_ledger.busy(town.database) + bridge_ledger.unswept(town.database, begun)
        busy += town.fanvue.webhooks.pending + len(cast.minder.waiting) + town.late
        quiet = 0 if busy else quiet + 1
        if busy != left:
            left, since = busy, loop.time()
        elif loop.time() - since > _STUCK_AFTER:
            cast.troubles.seen.append(
                f"nothing has moved for {_STUCK_AFTER:.0f} s, and {busy} things are left"
            )
            break
    cast.leave()
