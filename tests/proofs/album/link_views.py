"""Views of tracking links and of whom they brought."""

from typing import Any

from bot.sandbox.fanvue import tracking
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


async def _links(town: AlbumScenario, deed: str, **options: Any) -> AlbumView:
    return await town.slash(town.luna, town.lobby, f"money links {deed}", **options)


async def links_none(town: AlbumScenario) -> AlbumView:
    """There are none yet."""
    return await _links(town, "list")


async def links_create(town: AlbumScenario) -> AlbumView:
    """One is to be made."""
    return await _links(town, "create", name="spring bio", platform="instagram")


async def links_created(town: AlbumScenario) -> AlbumView:
    """It is."""
    shown = await links_create(town)
    await town.press(shown, "Create it")
    return await town.says(shown, "Tracking link created")


async def links_twice(town: AlbumScenario) -> AlbumView:
    """There is one of this name already."""
    return await _links(town, "create", name="spring bio", platform="instagram")


async def links_list(town: AlbumScenario) -> AlbumView:
    """All of them."""
    world, creator = town.stage.fanvue.world, town.stage.creator.uuid
    tracking.make(world, creator, "pinned thread", "reddit")
    tracking.make(world, creator, "newsletter of november", "other")
    return await _links(town, "list")


async def links_show(town: AlbumScenario) -> AlbumView:
    """What one has brought."""
    world = town.stage.fanvue.world
    link = next(one for one in world.tracking.values() if one.name == "spring bio")
    for handle in ("kai.surf", "sam_k", "chef_tom"):
        tracking.come_by(world, link, town.stage.fans[handle].uuid)
    await town.stage.fans["kai.surf"].tip(1250)
    return await _links(town, "show", link="spring bio")


async def links_show_lead(town: AlbumScenario) -> AlbumView:
    """The same, for whoever sees ranges."""
    return await town.slash(town.theo, town.lobby, "money links show", link="spring bio")


async def links_fans(town: AlbumScenario) -> AlbumView:
    """Who came by it."""
    return await _links(town, "fans", link="spring bio")


async def links_fans_none(town: AlbumScenario) -> AlbumView:
    """Nobody came by another."""
    return await _links(town, "fans", link="pinned thread")


async def links_delete(town: AlbumScenario) -> AlbumView:
    """One is to go."""
    return await _links(town, "delete", link="pinned thread")


async def links_deleted(town: AlbumScenario) -> AlbumView:
    """It is gone."""
    shown = await links_delete(town)
    await town.press(shown, "Delete it")
    return await town.says(shown, "Tracking link deleted")


async def links_unknown(town: AlbumScenario) -> AlbumView:
    """There is none of this name."""
    return await _links(town, "show", link="winter")


VIEWS = (
    links_none,
    links_create,
    links_created,
    links_twice,
    links_list,
    links_show,
    links_show_lead,
    links_fans,
    links_fans_none,
    links_delete,
    links_deleted,
    links_unknown,
)
