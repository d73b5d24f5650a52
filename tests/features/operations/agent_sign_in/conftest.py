"""One linked and running bridge for all of these tests, and an agent before it."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.agent_sign_in.sign_in_scenario import SignInScenario
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed

_ADDRESSES = count(1)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge behind a proxy, with one linked creator for whom a fan waits."""
    async with housed(tmp_path_factory.mktemp("house"), TRUSTED_PROXIES="127.0.0.1") as made:
        await made.greeted(made.fan("Annabelle"))
        yield made


@pytest.fixture
def signing(house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> SignInScenario:
    """An agent, a browser and an owner at that bridge; each test comes from an address of its own."""
    return SignInScenario(ApiKeyScenario(house, tmp_path, capsys), f"203.0.113.{next(_ADDRESSES)}")
