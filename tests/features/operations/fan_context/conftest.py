"""One running bridge for all of these tests, with one well-known fan."""

from pathlib import Path

import pytest

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.fan_context.fan_context_scenario import FanContextScenario, well_known
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

house = own_house(well_known, scope="package")


@pytest.fixture
def reader(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> FanContextScenario:
    """A program beside that bridge, which asks about that fan."""
    return FanContextScenario(ApiKeyScenario(house, tmp_path, capsys))
