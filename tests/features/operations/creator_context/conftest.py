"""One linked and running bridge for all of these tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.creator_context.context_scenario import ContextScenario, furnished
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge with one linked creator, who has something of everything."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        await furnished(made)
        yield made


@pytest.fixture
def shell(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> ContextScenario:
    """The operator's shell beside that bridge."""
    return ContextScenario(house, tmp_path, capsys)
