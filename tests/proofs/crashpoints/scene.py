"""What a scene of the crash points is made of, and what several of them do."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.engine.failpoints import ARM
from bot.sandbox.discord.answers import InteractionAnswer
from storage.database import Work
from storage.engine.connect import open_database
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.soak.creator_setup import INTERRUPTED, SetupNotSeen

PATIENCE = 30.0
_TRIES = 5

Deed = Callable[[CrashpointScenario], Awaitable[None]]


async def nothing(_bench: CrashpointScenario) -> None:
    """Starting is all that happens."""
    return


@dataclass(frozen=True)
class CrashpointScene:
    """One scene; `mend` puts right, afterwards, what only a person can: they begin again.

    `before` happens while the bridge is not armed, `act` while it is; both may be cut short anywhere. What
    `before` has begun is over when the bridge is armed, unless it `leaves` it to the next process. `reaches`
    names the places, by their beginnings, that this scene is for: others come there by chance.
    """

    act: Deed
    before: Deed = nothing
    mend: Deed = nothing
    leaves: bool = False
    reaches: tuple[str, ...] = ()


async def begin_again(bench: CrashpointScenario, deed: Deed) -> None:
    """What was interrupted is done again, until it was not."""
    for last in (False, False, True):
        try:
            await deed(bench)
        except INTERRUPTED:
            if last:
                raise
        else:
            break


async def while_down(bench: CrashpointScenario, work: Work[None]) -> None:
    """All is quiet, no process is there, and this is written: time has passed."""
    await bench.quiet()
    await bench.town.bridge.kill()
    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(work)
    finally:
        await database.close()


async def until_taken(deed: Callable[[], Awaitable[InteractionAnswer | None]]) -> InteractionAnswer:
    """Who saw nothing happen asks again: divided, Discord's three seconds are short on a busy machine."""
    for _ in range(_TRIES):
        answer = await deed()
        if answer is not None:
            return answer
    raise SetupNotSeen("nothing is shown, however often one asks")


async def dies_during(bench: CrashpointScenario, act: Deed, within: float) -> bool:
    """Whether the bridge dies under this deed or soon after it; the people do not wait for it any longer."""
    acting = asyncio.create_task(_as_far_as_it_goes(bench, act))
    died = await bench.died(within)
    acting.cancel()
    await asyncio.wait({acting})
    return died


async def _as_far_as_it_goes(bench: CrashpointScenario, act: Deed) -> None:
    with suppress(*INTERRUPTED):
        await act(bench)


def died_at(name: str, act: Deed) -> Deed:
    """The bridge dies at this place; for a scene about what the next process does."""

    async def before(bench: CrashpointScenario) -> None:
        await bench.town.bridge.kill()
        await bench.start(**{ARM: name})
        assert await dies_during(bench, act, PATIENCE), f"{name} was not reached"

    return before
