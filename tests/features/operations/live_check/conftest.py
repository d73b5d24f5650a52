"""One linked and running bridge for all live checks; each begins with no record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario, furnished
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# A bridge with one linked creator, who has something of everything.
house = own_house(furnished, scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def asked(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[LiveCheckScenario]:
    """The bridge and its Fanvue; what a test changes there is taken back."""
    scenario = LiveCheckScenario(house, tmp_path, capsys)
    yield scenario
    scenario.as_before()
