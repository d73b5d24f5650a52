"""Views of goals, and of who subscribes, renews and leaves."""

from typing import Any

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_PEOPLE = ("kai.surf", "sam_k", "chef_tom")


async def _goal(town: AlbumScenario, deed: str, **options: Any) -> AlbumView:
    return await town.slash(town.luna, town.lobby, f"money goal {deed}", **options)


async def goal_none(town: AlbumScenario) -> AlbumView:
    """There is none yet."""
    return await _goal(town, "show")


async def goal_set(town: AlbumScenario) -> AlbumView:
    """One for each month."""
    return await _goal(town, "set", amount="5000", span="month")


async def goal_show(town: AlbumScenario) -> AlbumView:
    """How they stand."""
    await _goal(town, "set", amount="120", span="week", counts="gross")
    return await _goal(town, "show")


async def goal_show_lead(town: AlbumScenario) -> AlbumView:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "money goal show")


async def goal_refused(town: AlbumScenario) -> AlbumView:
    """Whoever sees ranges sets none."""
    return await town.slash(town.theo, town.lobby, "money goal set", amount="1000", span="week")


async def goal_reached(town: AlbumScenario) -> AlbumView:
    """It is told."""
    await town.stage.fans["chef_tom"].tip(20_000)
    return await town.post(town.alerts, "Goal reached")


async def goal_beside_earnings(town: AlbumScenario) -> AlbumView:
    """Below what came in this month."""
    return await town.slash(town.luna, town.lobby, "money earnings", period="month")


async def subscribers_today(town: AlbumScenario) -> AlbumView:
    """What happened today."""
    fans = [town.stage.fans[handle] for handle in _PEOPLE]
    for fan in fans:
        await fan.renew()
    await fans[0].cancel()
    await fans[1].lapse("payment_failed")
    await town.post(town.alerts, "ended")
    return await town.slash(town.luna, town.lobby, "money subscribers show", period="today")


async def subscribers_week(town: AlbumScenario) -> AlbumView:
    """Day by day."""
    return await town.slash(town.luna, town.lobby, "money subscribers show", period="7")


async def subscribers_month(town: AlbumScenario) -> AlbumView:
    """Week by week."""
    return await town.slash(town.luna, town.lobby, "money subscribers show", period="30")


async def subscribers_lead(town: AlbumScenario) -> AlbumView:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "money subscribers show", period="30")


VIEWS = (
    goal_none,
    goal_set,
    goal_show,
    goal_show_lead,
    goal_refused,
    goal_reached,
    goal_beside_earnings,
    subscribers_today,
    subscribers_week,
    subscribers_month,
    subscribers_lead,
)
