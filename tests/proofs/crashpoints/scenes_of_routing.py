"""Scenes of offers: one phone rings first, and the others' after that."""

from collections.abc import Mapping

from storage.database import Transaction
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, nothing, while_down

_FIRST = "for you"


async def _another_house(bench: CrashpointScenario) -> None:
    """Where nobody else waits."""
    await bench.open(await bench.new_house())


async def _offered(bench: CrashpointScenario) -> None:
    """Two members choose pings, a fan is offered to one of them, who is pinged; safe to begin again."""
    house, world = bench.town.houses[-1], bench.town.discord.world
    fan, first = house.fans[0], house.members[0]
    for member in (first, house.owner):
        chose = await member.slash(house.guild, house.lobby, "inbox pings", mode="messages")
        await chose.says("You get a ping", PATIENCE)
    added = await house.owner.slash(
        house.guild, house.lobby, "inbox routing", when="everyone", offer_to=first.user.id, minutes=60
    )
    await added.says("ule 1", PATIENCE)  # it is added, or there already
    if not bench.town.fanvue.ledger.of("message", fan=fan.uuid, sender="fan"):
        await fan.write(bench.words())
    await world.until(lambda: _pings(bench) or None, PATIENCE)


async def _offered_once(bench: CrashpointScenario) -> None:
    """However it was interrupted, one phone rang, once."""
    await begin_again(bench, _offered)
    made = _pings(bench)
    assert [_FIRST in words for words in made] == [True], f"pings: {made}"


async def _over(bench: CrashpointScenario) -> None:
    """A fan was offered to somebody, and the time passed while no process was there."""
    await _another_house(bench)
    await _offered(bench)
    await while_down(bench, _passed)


async def _passed(tx: Transaction) -> None:
    await tx.execute("UPDATE routing_offers SET until_at = 1")


async def _rung_for_all(bench: CrashpointScenario) -> None:
    """The others' phones rang, once."""
    await bench.town.discord.world.until(lambda: len(_pings(bench)) > 1 or None, PATIENCE)
    made = _pings(bench)
    assert [_FIRST in words for words in made] == [True, False], f"pings: {made}"


def _pings(bench: CrashpointScenario) -> list[str]:
    """What every ping said that the last house ever had."""
    there = bench.town.houses[-1].guild.channel_ids
    made = [one.data for one in bench.town.discord.ledger.of("message_created")]
    return [one["text"] for one in made if "💬 New" in one["text"] and one["channel_id"] in there]


ROUTING: Mapping[str, CrashpointScene] = {
    "offered to one first": CrashpointScene(
        _offered,
        before=_another_house,
        mend=_offered_once,
        reaches=("deed.routing.offer/do/", "commit/service.RoutingService._change/"),
    ),
    "an offer whose time is over": CrashpointScene(
        nothing, before=_over, mend=_rung_for_all, leaves=True, reaches=("commit/expiry.ExpiryTask.look/",)
    ),
}
