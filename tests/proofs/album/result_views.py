"""Views of what came of mass messages: told later, and side by side."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer
from tests.proofs.album.due_times import mass_older

PIER = "A picture of the pier"
LONG = 150.0  # seconds: the bridge looks a few times a minute


async def results_hour(town: AlbumScenario) -> AlbumView:
    """An hour after one went out."""
    await _sold(town, PIER, "5.00", buyers=2)
    mass_older(town, PIER, 1)
    return await town.post(town.alerts, "after 1 hour", town.luna, within=LONG)


async def results_day(town: AlbumScenario) -> AlbumView:
    """A day after it."""
    mass_older(town, PIER, 24)
    return await town.post(town.alerts, "after 24 hours", town.luna, within=LONG)


async def _sold(town: AlbumScenario, text: str, price: str, *, buyers: int) -> None:
    shown = await town.slash(
        town.luna, town.lobby, "mass new", to="subscribers", text=text, price=price, media=town.stage.media[4]
    )
    await town.press(shown, "Send")
    await town.says(shown, "Mass message sent")
    for handle in ("kai.surf", "sam_k", "chef_tom", "bluebird")[:buyers]:
        fan = town.stage.fans[handle]
        await fan.read()
        await fan.buy(next(one for one in fan.inbox() if one.price and one.text == text).uuid)


async def campaigns_board(town: AlbumScenario) -> AlbumView:
    """Several beside each other."""
    await _sold(town, "The pier once more, from above", "7.50", buyers=1)
    await _sold(town, "What the pier looks like at night", "12.00", buyers=4)
    return await town.slash(town.luna, town.lobby, "mass show")


campaigns_compare = answer("campaigns_compare", "luna", "mass compare")  # the same as a picture
campaigns_compare_lead = answer(
    "campaigns_compare_lead", "theo", "mass compare"
)  # the picture for whoever sees ranges
campaigns_compare_opened = answer(
    "campaigns_compare_opened", "luna", "mass compare", figure="opened"
)  # how many opened them


VIEWS = (
    results_hour,
    results_day,
    campaigns_board,
    campaigns_compare,
    campaigns_compare_lead,
    campaigns_compare_opened,
)
