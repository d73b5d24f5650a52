"""One linked and running bridge for all of these tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.draft_rules.autosend_scenario import AutosendScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

house = own_house(scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def writer(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[AutosendScenario]:
    """A program beside that bridge; its keys and the owner's rules end with the test."""
    made = AutosendScenario(ApiKeyScenario(house, tmp_path, capsys))
    yield made
    await made.ends()
