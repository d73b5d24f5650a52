"""Views of mass messages: a draft step by step, and what became of those sent."""

import re
from typing import Any

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


async def _draft(town: AlbumScenario, **options: str) -> AlbumView:
    return await town.slash(town.luna, town.lobby, "mass new", **options)


async def _going_on(town: AlbumScenario) -> AlbumView:
    shown = await _draft(town)
    return await town.click(shown, "Go on") if "Go on" in shown.words else shown


async def _filled(town: AlbumScenario, button: str, **fields: str) -> AlbumView:
    shown = await _going_on(town)
    before = shown.there.text
    opened, _ = await town.form(shown, button)
    return await town.seen(await town.luna.submit(opened, fields), before)


async def mass_draft(town: AlbumScenario) -> AlbumView:
    """Nothing is in it yet."""
    return await _draft(town)


async def mass_draft_to(town: AlbumScenario) -> AlbumView:
    """Lists are chosen by tapping."""
    return await town.choose(await _going_on(town), "Who gets it", "Subscribers")


async def mass_draft_window(town: AlbumScenario) -> AlbumView:
    """The window for the text."""
    _, shot = await town.form(await _going_on(town), "Write")
    return shot


async def mass_draft_written(town: AlbumScenario) -> AlbumView:
    """It has a text."""
    return await _filled(town, "Write", text="New set *tonight*, and you are the first to see it 🧡")


async def mass_draft_vault(town: AlbumScenario) -> AlbumView:
    """The newest of the vault, to choose from."""
    return await town.click(await _going_on(town), "Media and price")


async def mass_draft_wrong(town: AlbumScenario) -> AlbumView:
    """A price with nothing to buy."""
    return await town.click(await _priced(town), "Done")


async def mass_draft_priced(town: AlbumScenario) -> AlbumView:
    """It has something to buy."""
    shot = await mass_draft_vault(town)
    places = re.findall(r"\*\*(\d+)\*\* Picture · Set", shot.words)
    for place in places[:2]:
        shot = await town.click(shot, place)
    return await town.click(shot, "Done")


async def _priced(town: AlbumScenario) -> AlbumView:
    return await town.choose(await mass_draft_vault(town), "Price: none", "1000")


async def mass_draft_when_window(town: AlbumScenario) -> AlbumView:
    """The window for its time."""
    _, shot = await town.form(await _going_on(town), "When")
    return shot


async def mass_draft_timed(town: AlbumScenario) -> AlbumView:
    """It goes out tomorrow."""
    return await _filled(town, "When", when="tomorrow 18:00")


async def mass_draft_offered(town: AlbumScenario) -> AlbumView:
    """It is taken up again, on another device."""
    return await _draft(town, text="Something else, typed with the command")


async def mass_draft_preview(town: AlbumScenario) -> AlbumView:
    """What would leave."""
    return await town.click(await _going_on(town), "Preview")


async def mass_draft_scheduled(town: AlbumScenario) -> AlbumView:
    """It was confirmed."""
    shown = await mass_draft_preview(town)
    await town.press(shown, "Schedule for")
    return await town.says(shown, "scheduled")


async def mass_draft_thrown_away(town: AlbumScenario) -> AlbumView:
    """A draft is given up."""
    return await town.click(await _going_on(town), "Discard")


async def campaigns_show(town: AlbumScenario) -> AlbumView:
    """One is planned, and one went out and was bought."""
    item = town.stage.media[3]
    text = "For all of you: the first picture of the new set"
    sent = await _draft(town, to="subscribers", text=text, price="4.50", media=item)
    await town.press(sent, "Send to")
    await town.says(sent, "Mass message sent")
    fan = town.stage.fans["kai.surf"]
    await fan.read()
    await fan.buy(next(one for one in fan.inbox() if one.price).uuid)
    return await town.slash(town.luna, town.lobby, "mass show")


async def _which(town: AlbumScenario, deed: str) -> str:
    offered = await town.luna.autocomplete(town.stage.guild, town.lobby, f"mass {deed}", "campaign")
    return str(offered[0]["value"])


async def _campaign(town: AlbumScenario, deed: str, **options: Any) -> AlbumView:
    which = await _which(town, deed)
    return await town.slash(town.luna, town.lobby, f"mass {deed}", campaign=which, **options)


async def campaigns_change(town: AlbumScenario) -> AlbumView:
    """Before and after of a planned one."""
    return await _campaign(town, "change", text="New set tonight: only for you", price="12", when="fri 20:00")


async def campaigns_changed(town: AlbumScenario) -> AlbumView:
    """It was changed."""
    shown = await _campaign(town, "change", text="New set tonight: for you alone")
    await town.press(shown, "Change it")
    return await town.says(shown, "carried out")


async def campaigns_cancel(town: AlbumScenario) -> AlbumView:
    """A planned one is to be cancelled."""
    return await _campaign(town, "cancel")


async def campaigns_cancelled(town: AlbumScenario) -> AlbumView:
    """It was."""
    shown = await campaigns_cancel(town)
    await town.press(shown, "Cancel it")
    return await town.says(shown, "carried out")


async def campaigns_recall(town: AlbumScenario) -> AlbumView:
    """A sent one is to be taken back."""
    return await _campaign(town, "recall")


async def campaigns_recalled(town: AlbumScenario) -> AlbumView:
    """It was, and the list says so."""
    shown = await campaigns_recall(town)
    await town.press(shown, "Take it back")
    await town.says(shown, "carried out")
    return await town.slash(town.luna, town.lobby, "mass show")


VIEWS = (
    mass_draft,
    mass_draft_to,
    mass_draft_window,
    mass_draft_written,
    mass_draft_vault,
    mass_draft_wrong,
    mass_draft_priced,
    mass_draft_when_window,
    mass_draft_timed,
    mass_draft_offered,
    mass_draft_preview,
    mass_draft_scheduled,
    mass_draft_thrown_away,
    campaigns_show,
    campaigns_change,
    campaigns_changed,
    campaigns_cancel,
    campaigns_cancelled,
    campaigns_recall,
    campaigns_recalled,
)
