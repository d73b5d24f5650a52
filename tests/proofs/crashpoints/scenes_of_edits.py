"""Scenes of edits on Discord whose answer is lost, so that one more follows."""

from collections.abc import Mapping

from tests.proofs.crashpoints.bench import Bench
from tests.proofs.crashpoints.scene import Scene


async def _edit_lost(bench: Bench) -> None:
    """The line of a reply says that it was sent; nobody hears of it, and it is said twice more."""
    bench.town.discord.faults.lose_answer("PATCH", r"/messages/\d+$", times=3)
    await bench.reply(bench.fan())


EDITS: Mapping[str, Scene] = {
    "edit lost": Scene(
        _edit_lost,
        reaches=(
            "commit/late_edits.LateEdits.before/",
            "deed.edit.again/do/",
            "deed.edit.again/settled/",
        ),
    ),
}
