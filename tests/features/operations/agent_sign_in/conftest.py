"""One linked and running bridge for all of these tests, and an agent before it."""

from itertools import count
from pathlib import Path

import pytest

from tests.features.operations.agent_sign_in.sign_in_scenario import SignInScenario
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

_ADDRESSES = count(1)


# A bridge behind a proxy, with one linked creator for whom a fan waits.
house = own_house(
    lambda made: made.greeted(made.fan("Annabelle")), scope="package", TRUSTED_PROXIES="127.0.0.1"
)


@pytest.fixture
def signing(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> SignInScenario:
    """An agent, a browser and an owner at that bridge; each test comes from an address of its own."""
    return SignInScenario(ApiKeyScenario(house, tmp_path, capsys), f"203.0.113.{next(_ADDRESSES)}")
