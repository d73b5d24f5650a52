"""Scenes of pings about messages: one is posted, and goes with the answer."""

from collections.abc import Mapping

from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again


async def _another_house(bench: CrashpointScenario) -> None:
    """Where nobody else waits."""
    await bench.open(await bench.new_house())


async def _pinged(bench: CrashpointScenario) -> None:
    """A member chooses pings, a fan writes and is answered; safe to begin again."""
    house, world = bench.town.houses[-1], bench.town.discord.world
    fan = house.fans[0]
    chose = await house.members[0].slash(house.guild, house.lobby, "inbox pings", mode="messages")
    await chose.says("You get a ping", PATIENCE)
    if not bench.town.fanvue.ledger.of("message", fan=fan.uuid, sender="fan"):
        await fan.write(bench.words())
    await world.until(lambda: _calls(bench) or None, PATIENCE)
    await bench.reply(fan, house=house)
    await world.until(lambda: _standing(bench) == [] or None, PATIENCE)


async def _pinged_once(bench: CrashpointScenario) -> None:
    """However it was interrupted, nobody's phone rang twice, and no ping is left."""
    await begin_again(bench, _pinged)
    calls = _calls(bench)
    assert len(calls) == 1, f"pinged {len(calls)} times"


def _calls(bench: CrashpointScenario) -> list[int]:
    """Every ping that the last house ever had."""
    there = bench.town.houses[-1].guild.channel_ids
    made = [one.data for one in bench.town.discord.ledger.of("message_created")]
    return [one["message_id"] for one in made if "💬 New" in one["text"] and one["channel_id"] in there]


def _standing(bench: CrashpointScenario) -> list[int]:
    world = bench.town.discord.world
    channels = bench.town.houses[-1].guild.channel_ids
    there = {message for channel in channels for message in world.messages.get(channel, {})}
    return [call for call in _calls(bench) if call in there]


PINGS: Mapping[str, CrashpointScene] = {
    "pinged about a message": CrashpointScene(
        _pinged,
        before=_another_house,
        mend=_pinged_once,
        reaches=(
            "deed.ping.message/do/",
            "deed.ping.gone/do/",
            "commit/service.PingSetting.set/",
        ),
    ),
}
