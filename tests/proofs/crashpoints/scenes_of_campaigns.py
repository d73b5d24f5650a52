"""Scenes of the board of mass messages: one planned, changed, and cancelled."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.fanvue.records import MassMessageRecord
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak.creator_setup import labels


def _planned(bench: CrashpointScenario) -> list[MassMessageRecord]:
    """What Fanvue has planned for this house's creator."""
    world, creator = bench.town.fanvue.world, bench.house().creator.uuid
    made = [one for one in world.mass_messages.values() if one.creator == creator]
    return [one for one in made if one.status == "SCHEDULED"]


async def _do(bench: CrashpointScenario, command: str, label: str, **options: Any) -> None:
    """A command, its preview, and the press that counts; then what became of it."""
    house = bench.house()
    asked = await house.owner.slash(house.guild, house.lobby, command, **options)
    await asked.done(PATIENCE)
    offered = next((one for one in labels(asked.message) if one.startswith(label)), None)
    if offered is not None:
        await house.owner.click(asked.message, offered)
        await asked.until(lambda now: "scheduled for" in now.text or "carried out" in now.text, PATIENCE)


async def _plan(bench: CrashpointScenario) -> None:
    if not _planned(bench):
        await _do(bench, "mass new", "Schedule", to="subscribers", text=bench.words(), when="in 9 hours")


async def _change(bench: CrashpointScenario) -> None:
    for one in _planned(bench):
        await _do(bench, "mass change", "Change it", campaign=one.uuid, text=bench.words())


async def _cancel(bench: CrashpointScenario) -> None:
    for one in _planned(bench):
        await _do(bench, "mass cancel", "Cancel it", campaign=one.uuid)


async def _finish_change(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _change)


async def _finish_cancel(bench: CrashpointScenario) -> None:
    """Likewise; what was cancelled is not planned any more, so there is nothing to give again."""
    await begin_again(bench, _cancel)


CAMPAIGNS: Mapping[str, CrashpointScene] = {
    "mass, changed": CrashpointScene(
        _change,
        before=_plan,
        mend=_finish_change,
        reaches=("deed.proposed.mass_change/", "campaigns/change/"),
    ),
    "mass, cancelled": CrashpointScene(
        _cancel, before=_plan, mend=_finish_cancel, reaches=("deed.proposed.mass_end/", "campaigns/end/")
    ),
}
