"""One house for the faults of a module; each test leaves it in order."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """Started once for a module."""
    async with housed(tmp_path_factory.mktemp("house")) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []
        assert made.stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def house(shared: LiveBridge) -> AsyncIterator[LiveBridge]:
    """The module's house; whatever the test broke is mended afterwards."""
    yield shared
    if not shared.runs:
        await shared.stage.bridge.start()
    shared.stage.discord.faults.clear()
    shared.stage.fanvue.faults.clear()
    shared.stage.fanvue.switches.idempotency = "honoured"
