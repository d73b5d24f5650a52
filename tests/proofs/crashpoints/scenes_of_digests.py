"""Scenes of digests that are due once a week, in a channel and privately."""

from collections.abc import Mapping
from datetime import timedelta

from storage.database import Transaction
from storage.engine.connect import open_database
from storage.records import CreatorId
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene
from tests.proofs.soak.ledger_comparison import DIGESTS, digests


async def _due(bench: CrashpointScenario) -> None:
    """A creator of her own wants a week's digest, of one in which money came in; no process is there."""
    house = await bench.new_house()
    await bench.open(house)
    world = bench.town.discord.world
    channel = world.add_channel(house.guild, DIGESTS)
    paid = await house.fans[0].tip(500)
    paid.at -= timedelta(days=7)  # the stand-in lists it in the week before
    answer = await house.owner.slash(
        house.guild, house.lobby, "money digest set", channel=channel.id, hour=0, sort="weekly"
    )
    await answer.done(PATIENCE)
    await bench.quiet()
    await bench.town.bridge.kill()
    await _set_back(bench, CreatorId(house.creator.uuid))


async def _set_back(bench: CrashpointScenario, creator: CreatorId) -> None:
    """As if it had been wanted for long, and none had come yet."""

    async def work(tx: Transaction) -> None:
        await tx.execute("UPDATE digests SET told = '2000-01-02' WHERE creator_uuid = :one", one=creator)

    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(work)
    finally:
        await database.close()


async def _comes(bench: CrashpointScenario) -> None:
    """The newest week is told, late and alone."""
    house = bench.town.houses[-1]
    await bench.town.discord.world.until(lambda: digests(bench.town, house), PATIENCE)


DIGESTED: Mapping[str, CrashpointScene] = {
    "weekly digest": CrashpointScene(
        _comes,
        before=_due,
        mend=_comes,
        leaves=True,
        reaches=("deed.digest.read/do/", "deed.digest/do/", "pictures/post/"),
    ),
}
