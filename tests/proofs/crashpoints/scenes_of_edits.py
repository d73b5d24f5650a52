"""Scenes of edits on Discord whose answer is lost, so that one more follows."""

from collections.abc import Mapping

from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import CrashpointScene


async def _edit_lost(bench: CrashpointScenario) -> None:
    """The line of a reply says that it was sent; nobody hears of it, and it is said twice more."""
    bench.town.discord.faults.lose_answer("PATCH", r"/messages/\d+$", times=3)
    await bench.reply(bench.fan())


EDITS: Mapping[str, CrashpointScene] = {
    "edit lost": CrashpointScene(
        _edit_lost,
        reaches=(
            "commit/late_edits.LateEdits.before/",
            "deed.edit.again/do/",
            "deed.edit.again/settled/",
        ),
    ),
}
