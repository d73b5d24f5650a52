"""Views of the ledger: whether it agrees with Fanvue, what differs, read anew."""

from datetime import timedelta

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer
from tests.proofs.album.due_times import events_expected, ledger_due

_DAY = timedelta(days=1)

ledger_refused = answer("ledger_refused", "mara", "money check")  # who sees no figures


async def ledger_check(town: AlbumScenario) -> AlbumView:
    """It agrees with Fanvue, as far as everything was told."""
    ledger_due(town)
    return await town.slash(town.luna, town.lobby, "money check")


async def ledger_differences(town: AlbumScenario) -> AlbumView:
    """Something was never told live, and Fanvue's own sums do not have it yet."""
    webhooks = town.stage.fanvue.faults.webhooks
    webhooks.off = True
    for handle, cents in (("sam_k", 1_700), ("chef_tom", 900)):
        (await town.stage.fans[handle].tip(cents)).at -= _DAY
    webhooks.off = False
    events_expected(town)
    return await ledger_check(town)


async def ledger_differences_lead(town: AlbumScenario) -> AlbumView:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "money check")


async def ledger_cut(town: AlbumScenario) -> AlbumView:
    """Fanvue cannot be read."""
    await town.cut()
    return await ledger_check(town)


ledger_rebuild = answer("ledger_rebuild", "luna", "money rebuild")  # all of it anew

VIEWS = (
    ledger_refused,
    ledger_check,
    ledger_differences,
    ledger_differences_lead,
    ledger_cut,
    ledger_rebuild,
)
