"""One house for the faults of a module; each test leaves it in order."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

# Started once for a module.
shared = own_house(silent=True)


@pytest_asyncio.fixture(loop_scope="module")
async def house(shared: LiveBridge) -> AsyncIterator[LiveBridge]:
    """The module's house; whatever the test broke is mended afterwards."""
    yield shared
    if not shared.runs:
        await shared.stage.bridge.start()
    shared.stage.discord.faults.clear()
    shared.stage.fanvue.faults.clear()
    shared.stage.fanvue.switches.idempotency = "honoured"
