"""Views of fans who write in bursts, take words back, follow only, or block."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


async def burst(town: AlbumScenario) -> AlbumView:
    """Several messages in a few seconds are one post."""
    fan = town.stage.fans["j_doe"]
    await town.writes("j_doe", "first time here, not sure how this works")
    for words in ("so I just write to you?", "that is easier than I thought"):
        await fan.write(words)
        await town.line("j_doe", words)
    return await town.line("j_doe", "first time here")


async def burst_struck(town: AlbumScenario) -> AlbumView:
    """One of them was taken back."""
    fan = town.stage.fans["j_doe"]
    await fan.take_back(fan.chat()[-1].uuid)
    return await town.says(await town.line("j_doe", "first time here"), "Deleted")


async def struck(town: AlbumScenario) -> AlbumView:
    """A message that stood alone was taken back."""
    fan = town.stage.fans["chef_tom"]
    await town.writes("chef_tom", "forget what I said about the garlic")
    await fan.take_back(fan.chat()[-1].uuid)
    return await town.says(await town.line("chef_tom", "about the garlic"), "Deleted")


async def follower(town: AlbumScenario) -> AlbumView:
    """The card of somebody who only follows."""
    stage = town.stage
    fan = stage.fanvue.world.add_fan("petra.k", "Petra", stage.creator, subscribed=False)
    stage.fans["petra.k"] = fan
    await fan.follow()
    await town.writes("petra.k", "what do I get when I subscribe?")
    return await town.card("petra.k", "Follower")


async def follower_more(town: AlbumScenario) -> AlbumView:
    """What More says of them."""
    return await town.click(await town.card("petra.k", "Follower"), "More")


async def unreachable(town: AlbumScenario) -> AlbumView:
    """The card of somebody to whom nobody can write."""
    return await town.card("dee.dee", "doesn't let you write")


async def unreachable_more(town: AlbumScenario) -> AlbumView:
    """What More says of them."""
    return await town.click(await unreachable(town), "More")


VIEWS = (burst, burst_struck, struck, follower, follower_more, unreachable, unreachable_more)
