"""The scene of a board of who waits that somebody deletes."""

from bot.sandbox.discord import messages
from bot.sandbox.discord.model import StandInMessage
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE
from tests.proofs.soak.creator_setup import labels


async def waits(bench: CrashpointScenario) -> None:
    """A fan waits, and the board says so."""
    await bench.fan().write(bench.words())
    await bench.town.discord.world.until(lambda: _boards(bench), PATIENCE)


async def deleted(bench: CrashpointScenario) -> None:
    """The owner deletes it; it is made again."""
    for board in _boards(bench):
        messages.delete(bench.town.discord.world, board, bench.house().owner.user.id)
    await bench.town.discord.world.until(lambda: _boards(bench), PATIENCE)


def _boards(bench: CrashpointScenario) -> list[StandInMessage]:
    world = bench.town.discord.world
    shown = [
        one for which in bench.house().guild.channel_ids for one in world.messages.get(which, {}).values()
    ]
    return [one for one in shown if not one.deleted and "My inbox" in labels(one)]
