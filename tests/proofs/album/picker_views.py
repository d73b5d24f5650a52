"""Views of media going out with a reply: the window, the gallery, what is wrong."""

from typing import Any

from bot.sandbox.discord.model import walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_FAN, _WORDS = "sam_k", "anything new for me tonight?"


async def _window(town: AlbumScenario, **fields: Any) -> AlbumView:
    card = await town.line(_FAN, _WORDS)
    opened, shot = await town.form(card, "Reply", town.mara)
    return shot if not fields else await town.submit(town.mara, opened, **fields)


async def reply_window_media(town: AlbumScenario) -> AlbumView:
    """The window, with its box for media."""
    thread = await town.writes(_FAN, _WORDS)
    await town.slash(town.luna, thread, "fan release")  # she may have tested a mass message there just now
    return await _window(town)


async def picker_new(town: AlbumScenario) -> AlbumView:
    """The gallery behind it."""
    return await _window(town, text="Something from the beach, just for you", vault=True)


async def picker_chosen(town: AlbumScenario) -> AlbumView:
    """Three items, a price, and which of them is seen before."""
    shot = await picker_new(town)
    for label in ("3", "4", "5"):
        shot = await town.click(shot, label)
    shot = await town.choose(shot, "Price: none", "1500")
    return await town.choose(shot, "Free preview, or take items out", "0")


async def picker_search(town: AlbumScenario) -> AlbumView:
    """Searched by words that no item has."""
    opened, _ = await town.form(await picker_new(town), "Search")
    return await town.submit(town.mara, opened, words="unicorn")


async def picker_wrong(town: AlbumScenario) -> AlbumView:
    """A price without anything to buy."""
    shot = await town.choose(await picker_new(town), "Price: none", "500")
    return await town.click(shot, "Send")


async def picker_price(town: AlbumScenario) -> AlbumView:
    """The window for another price."""
    shot = await picker_new(town)
    name = next(
        one["custom_id"] for one in walk(shot.there.components) if ".price:" in str(one.get("custom_id"))
    )
    answer = await town.mara.choose(shot.message, name, "other")
    await answer.opened()
    return AlbumView(town.mara, shot.where, shot.message, answer.modal)


VIEWS = (reply_window_media, picker_new, picker_chosen, picker_search, picker_wrong, picker_price)
