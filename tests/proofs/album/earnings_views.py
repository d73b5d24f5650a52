"""Views of answers about money where there is a history, as `digests` makes one."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer


async def earnings_pending(town: AlbumScenario) -> AlbumView:
    """Nothing of what came in today has its net yet."""
    await town.stage.fans["kai.surf"].tip(1234)
    await town.post(town.alerts, "$12.34")
    return await town.slash(town.luna, town.lobby, "money earnings", period="today")


earnings_compared = answer("earnings_compared", "luna", "money earnings", period="last week")
earnings_weeks = answer(
    "earnings_weeks", "luna", "money earnings", period="last 90 days"
)  # a bar for each week
earnings_some_days = answer("earnings_some_days", "luna", "money earnings", period="1-15 Nov")
earnings_ahead = answer(
    "earnings_ahead", "luna", "money earnings", period="2026"
)  # days that are still to come
earnings_best = answer("earnings_best", "luna", "money earnings", period="last 90 days", show="hours")
earnings_best_lead = answer(
    "earnings_best_lead", "theo", "money earnings", period="last 30 days", show="hours"
)
earnings_all_lead = answer("earnings_all_lead", "theo", "money earnings", period="last week", creator="all")
earnings_lead_refused = answer("earnings_lead_refused", "theo", "money earnings", period="1-15 Nov")
earnings_lead_compared = answer("earnings_lead_compared", "theo", "money earnings", period="last week")
earnings_not_days = answer(
    "earnings_not_days", "luna", "money earnings", period="payday"
)  # what is no time at all

VIEWS = (
    earnings_pending,
    earnings_compared,
    earnings_weeks,
    earnings_some_days,
    earnings_ahead,
    earnings_best,
    earnings_best_lead,
    earnings_all_lead,
    earnings_lead_refused,
    earnings_lead_compared,
    earnings_not_days,
)
