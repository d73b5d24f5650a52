"""The program dies at named places of an erasure; the next one ends it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.engine.failpoints import ARM, KILLED
from tests.features.people.privacy.test_front_door_erasure import a_life, typed
from tests.proofs.faults.live_bridge import LiveBridge, housed

OPEN = "SELECT * FROM outbox WHERE state IN ('pending', 'sending', 'unknown')"
pytestmark = pytest.mark.soak

# Nobody may link more than five times an hour, so each group has a house of its own.
POINTS = (
    (
        "commit/erasure_job.ErasureJob._let_go/after",
        "commit/erasure_job.ErasureJob._settle/before",
        "commit/erasure_job.ErasureJob._settle/after",
        "commit/erasure_job.ErasureJob._wipe/before:3",
    ),
    (
        "deed.gone.all/do/after",
        "commit/erasure_job.ErasureJob._end/before",
        "commit/erasure_job.ErasureJob._end/after",
        "deed.erasure.told/do/after",
    ),
)


async def armed(house: LiveBridge, point: str | None) -> None:
    """Another process, which dies there."""
    house.stage.bridge._settings.pop(ARM, None)
    await house.restart(**({} if point is None else {ARM: point}))


async def died(house: LiveBridge) -> int | None:
    """How the process ended."""
    process = house.stage.bridge._process
    assert process is not None
    return await process.wait()


def told(house: LiveBridge) -> int:
    return sum("Everything about the creator is erased" in words for words in house.private_messages())


@pytest.mark.parametrize("points", POINTS, ids=["tables", "discord and the end"])
async def test_a_program_that_dies_there_leaves_nothing_undone(tmp_path: Path, points: Sequence[str]) -> None:
    async with housed(tmp_path) as house:
        for number, point in enumerate(points, start=1):
            await a_life(house)
            await armed(house, point)
            await typed(house, house.stage.creator.handle)
            assert (point, await died(house)) == (point, KILLED)

            await armed(house, None)
            await house.stored(lambda: not house.rows("SELECT * FROM creators"))
            await house.stored(lambda: not house.rows(OPEN))

            assert house.rows("SELECT * FROM erasures") == []
            assert house.rows("SELECT * FROM erasure_places") == []
            ended = house.rows("SELECT * FROM audit WHERE outcome LIKE 'erased:%'")
            assert len(ended) == number
            assert told(house) == number
            if number < len(points):
                await house.play.open_house()
        assert house.stage.discord.contract_errors == []
        assert house.stage.fanvue.contract_errors == []
