"""Views of the ledger: whether it agrees with Fanvue, what differs, read anew."""

from datetime import timedelta

from tests.album.answers import answer
from tests.album.town import Shot, Town

ledger_check = answer("ledger_check", "luna", "ledger check")  # whether it agrees


async def ledger_differences(town: Town) -> Shot:
    """Fanvue lists something at another time than it told live, and something not at all."""
    fans = town.stage.fans
    told = await fans["sam_k"].tip(1_700)
    await fans["chef_tom"].tip(900)
    await town.post(town.alerts, "tip", within=60.0)
    told.at -= timedelta(days=3)
    return await ledger_check(town)


async def ledger_differences_lead(town: Town) -> Shot:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "ledger check")


async def ledger_cut(town: Town) -> Shot:
    """Fanvue cannot be read."""
    await town.cut()
    return await ledger_check(town)


ledger_refused = answer("ledger_refused", "mara", "ledger check")  # who sees no figures
ledger_rebuild = answer("ledger_rebuild", "luna", "ledger rebuild")  # all of it anew

VIEWS = (
    ledger_check,
    ledger_differences,
    ledger_differences_lead,
    ledger_cut,
    ledger_refused,
    ledger_rebuild,
)
