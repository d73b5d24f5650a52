"""One running bridge for all of these tests, with one well-known fan."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.fan_context.fan_context_scenario import FanContextScenario, well_known
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge with one linked creator."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        await well_known(made)
        yield made


@pytest.fixture
def reader(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> FanContextScenario:
    """A program beside that bridge, which asks about that fan."""
    return FanContextScenario(ApiKeyScenario(house, tmp_path, capsys))
