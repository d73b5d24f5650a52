"""Views of one's own panels: home, the settings, the tour."""

from collections.abc import Awaitable, Callable

from bot.sandbox.discord.model import walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_TOPICS = ("inbox", "privacy", "guard", "prices", "mass", "alerts", "money", "posts")


async def home_owner(town: AlbumScenario) -> AlbumView:
    """The owner's panel, with the money of today."""
    await town.stage.fans["chef_tom"].tip(2_500)
    await town.slash(town.luna, town.lobby, "money earnings")
    return await town.slash(town.luna, town.lobby, "home")


async def home_chatter(town: AlbumScenario) -> AlbumView:
    """A chatter's, without money."""
    return await town.slash(town.mara, town.lobby, "home")


async def tour_first(town: AlbumScenario) -> AlbumView:
    """The first card, opened from /help."""
    return await town.click(await town.slash(town.mara, town.lobby, "help"), "Tour")


async def tour_second(town: AlbumScenario) -> AlbumView:
    """Media, prices and second thoughts."""
    return await town.click(await tour_first(town), "Next")


async def tour_last(town: AlbumScenario) -> AlbumView:
    """One's own corner."""
    return await town.click(await tour_second(town), "Next")


async def settings_first(town: AlbumScenario) -> AlbumView:
    """The first page, with the time zone."""
    return await town.slash(town.luna, town.lobby, "settings show")


async def settings_member(town: AlbumScenario) -> AlbumView:
    """The same for a chatter, who changes only what is theirs."""
    return await town.choose(
        await town.slash(town.mara, town.lobby, "settings show"), "Choose a topic", "inbox"
    )


def _first_change(panel: AlbumView) -> str:
    found = (one["custom_id"] for one in walk(panel.there.components) if one.get("label") == "Change")
    return str(next(found))


def _topic(name: str) -> Callable[[AlbumScenario], Awaitable[AlbumView]]:
    async def page(town: AlbumScenario) -> AlbumView:
        return await town.choose(await settings_first(town), "Choose a topic", name)

    page.__name__ = f"settings_{name}"
    return page


async def settings_window(town: AlbumScenario) -> AlbumView:
    """What [Change] opens beside the time zone."""
    panel = await settings_first(town)
    change = _first_change(panel)
    _, form = await town.form(panel, change)
    return form


async def settings_ways(town: AlbumScenario) -> AlbumView:
    """What can be done with digests."""
    panel = await _topic("money")(town)
    change = _first_change(panel)
    return await town.click(panel, change)


async def settings_changed(town: AlbumScenario) -> AlbumView:
    """The command's answer, with the way back."""
    panel = await settings_first(town)
    change = _first_change(panel)
    opened, _ = await town.form(panel, change)
    return await town.submit(town.luna, opened, zone="Europe/Berlin")


VIEWS = (
    home_owner,
    home_chatter,
    tour_first,
    tour_second,
    tour_last,
    settings_first,
    settings_member,
    *(_topic(name) for name in _TOPICS),
    settings_window,
    settings_ways,
    settings_changed,
)
