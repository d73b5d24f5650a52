"""A scene of alerts: somebody is told privately of what happens, once."""

from collections.abc import Mapping

from bot.sandbox.discord.model import DM
from tests.crashpoints.bench import Bench
from tests.crashpoints.scene import PATIENCE, Scene, begin_again

_KIND = "creator.follow.created"
_TOLD = "New follower"


async def _told_privately(bench: Bench) -> None:
    """The owner wants to be told of followers, and one comes; safe to begin again."""
    house = bench.house()
    answer = await house.owner.slash(house.guild, house.lobby, "alerts mine", kind="follower")
    await answer.done(PATIENCE)
    if not bench.town.fanvue.ledger.of("event", type=_KIND):
        await bench.fan().follow()
    await bench.town.discord.world.until(lambda: _private(bench) or None, PATIENCE)


async def _told_once(bench: Bench) -> None:
    """However it was interrupted, they were told once."""
    await begin_again(bench, _told_privately)
    told = _private(bench)
    assert len(told) == 1, f"told {len(told)} times"


def _private(bench: Bench) -> list[int]:
    """Every private message that ever told of a follower."""
    world = bench.town.discord.world
    made = bench.town.discord.ledger.of("message_created")
    private = {channel.id for channel in world.channels.values() if channel.type == DM}
    told = [entry.data for entry in made if _TOLD in entry.data["text"]]
    return [one["message_id"] for one in told if one["channel_id"] in private]


ALERTS: Mapping[str, Scene] = {
    "told privately": Scene(
        _told_privately, mend=_told_once, reaches=("deed.alert.private/", "commit/setting.")
    )
}
