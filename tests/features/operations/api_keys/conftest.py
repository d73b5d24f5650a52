"""One linked and running bridge for all of these tests."""

from pathlib import Path

import pytest

from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# A bridge with one linked creator, for whom a fan waits, and one who is not linked.
house = own_house(lambda made: made.greeted(made.fan("Annabelle")), scope="package")


@pytest.fixture
def program(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> ApiKeyScenario:
    """A program beside that bridge."""
    return ApiKeyScenario(house, tmp_path, capsys)
