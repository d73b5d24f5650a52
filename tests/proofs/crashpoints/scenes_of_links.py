"""Scenes of tracking links: one made, one deleted, with and without answers."""

from collections.abc import Mapping

from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak.owner_actions import do_to_a_link


async def _life(bench: CrashpointScenario) -> None:
    """One is made under a name of its own, listed, and deleted by that name."""
    house, name = bench.house(), f"bio {bench.words()}"[:60]
    made = await do_to_a_link(house, "create", "Create it", name=name)
    if made is not None:
        await made.until(lambda now: "Tracking link created" in now.text, PATIENCE)
    listed = await house.owner.slash(house.guild, house.lobby, "money links list")
    await listed.done(PATIENCE)
    gone = await do_to_a_link(house, "delete", "Delete it", link=name)
    if gone is not None:
        await gone.until(lambda now: "Tracking link deleted" in now.text, PATIENCE)


async def _life_unanswered(bench: CrashpointScenario) -> None:
    """No answer to either arrives; the list tells of both, and nothing is made twice."""
    for method in ("POST", "DELETE"):
        bench.town.fanvue.faults.add("lose_answer", method, "/tracking-links(/[^/]+)?$")
    await _life(bench)


async def _finish(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge does all of it to another link."""
    await begin_again(bench, _life)


LINKS: Mapping[str, CrashpointScene] = {
    "link's life": CrashpointScene(_life, mend=_finish),
    "link's life, unanswered": CrashpointScene(_life_unanswered, mend=_finish),
}
