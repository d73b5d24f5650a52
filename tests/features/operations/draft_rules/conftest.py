"""One linked and running bridge for all of these tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.draft_rules.autosend_scenario import AutosendScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge with one linked creator."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        yield made
        assert made.stage.discord.contract_errors == []


@pytest_asyncio.fixture(loop_scope="package")
async def writer(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[AutosendScenario]:
    """A program beside that bridge; its keys and the owner's rules end with the test."""
    made = AutosendScenario(ApiKeyScenario(house, tmp_path, capsys))
    yield made
    await made.ends()
