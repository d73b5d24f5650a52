"""The wire from Discord to the program: how it is packed, and that it is mended."""

from bot.sandbox.play import EveningPlay
from tests.journeys.test_replying import PATIENCE, answered, reply, thread_with


async def test_the_bridge_hears_discord_by_zstd_and_also_after_the_wire_was_cut(play: EveningPlay) -> None:
    discord = play.stage.discord
    thread = await answered(play, "sam_k", "before")
    resumed = discord.ledger.count("gateway_resumed")

    assert discord.faults.drop_gateway() == 1
    await discord.world.until(lambda: discord.ledger.count("gateway_resumed") > resumed, PATIENCE)
    await reply(play, thread, text="and after")

    await thread_with(play, "sam_k", "and after")
    found = [entry.data["compress"] for entry in discord.ledger.of("gateway_identified")]
    assert set(found) == {"zstd-stream"}
