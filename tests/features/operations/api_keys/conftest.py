"""One linked and running bridge for all of these tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge with one linked creator, for whom a fan waits, and one who is not linked."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        await made.greeted(made.fan("Annabelle"))
        yield made


@pytest.fixture
def program(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> ApiKeyScenario:
    """A program beside that bridge."""
    return ApiKeyScenario(house, tmp_path, capsys)
