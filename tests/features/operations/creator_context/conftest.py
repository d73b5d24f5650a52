"""One linked and running bridge for all of these tests."""

from pathlib import Path

import pytest

from tests.features.operations.creator_context.context_scenario import ContextScenario, furnished
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# A bridge with one linked creator, who has something of everything.
house = own_house(furnished, scope="package")


@pytest.fixture
def shell(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> ContextScenario:
    """The operator's shell beside that bridge."""
    return ContextScenario(house, tmp_path, capsys)
