"""One linked and running bridge for all live checks; each begins with no record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario, furnished
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge with one linked creator, who has something of everything."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        await furnished(made)
        yield made


@pytest_asyncio.fixture(loop_scope="package")
async def asked(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[LiveCheckScenario]:
    """The bridge and its Fanvue; what a test changes there is taken back."""
    scenario = LiveCheckScenario(house, tmp_path, capsys)
    yield scenario
    scenario.as_before()
