"""Scenes in which the time of what stands in threads is over."""

from collections.abc import Mapping

from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people.retention import DAY
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, nothing
from tests.proofs.soak.ledger_comparison import SoakFindings, lines

_AGE = 31 * DAY


async def _aged(bench: CrashpointScenario) -> None:
    """A thread that sleeps, with a line whose time is over and a younger one; no process is there."""
    fan = await bench.new_fan()
    old = bench.words()
    await fan.write(old)
    thread = await bench.thread(fan)
    await bench.quiet()
    shown = lines(bench.town, SoakFindings())
    bench.gone.update({line: often for line, often in shown.items() if line[1] == fan.uuid})
    world = bench.town.discord.world
    newest = max(world.messages[thread.id])
    await fan.write(bench.words())
    await world.until(lambda: max(world.messages[thread.id]) > newest, PATIENCE)
    await bench.quiet()
    await bench.town.bridge.kill()
    assert thread.thread is not None
    thread.thread.archived = True
    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(lambda tx: _set_back(tx, fan.uuid, f"{thread.id}:{newest}"))
    finally:
        await database.close()


async def _cleared(bench: CrashpointScenario) -> None:
    """The round after the start takes it away, however busy the machine is; before, it counts twice."""

    def over() -> bool:
        left = lines(bench.town, SoakFindings()) & bench.gone
        return not any(line[2] != "alert" for line in left)

    await bench.town.discord.world.until(over, PATIENCE)


async def _set_back(tx: Transaction, fan: str, line: str) -> None:
    """As if this line were a month older, and no round had been today."""
    await tx.execute(
        "UPDATE outbox SET created_at = created_at - :age WHERE fan_uuid = :fan AND external_id = :line",
        age=_AGE,
        fan=fan,
        line=line,
    )
    await tx.execute("DELETE FROM kept WHERE name = 'retention'")


TIME: Mapping[str, CrashpointScene] = {
    "old lines": CrashpointScene(
        nothing,
        before=_aged,
        mend=_cleared,
        leaves=True,
        reaches=tuple(f"deed.gone.{kind}/do/" for kind in ("look", "lines", "mark", "rest")),
    ),
}
