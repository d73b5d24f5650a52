"""One linked and running bridge for all of these tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.inbox.program_drafts.conftest import room
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.program_webhooks.webhook_scenario import WebhookScenario
from tests.house_fixtures import own_house
from tests.program_server import receiving
from tests.proofs.faults.live_bridge import LiveBridge

__all__ = ["house", "program", "room"]


house = own_house(scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def program(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[WebhookScenario]:
    """A program beside that bridge; its key ends with the test, and its webhooks with it."""
    async with receiving() as receiver:
        made = WebhookScenario(ApiKeyScenario(house, tmp_path, capsys), receiver)
        yield made
        if made.webhook:
            await made.shell("remove", made.webhook)
        if made.key:
            await made.program.keys("revoke", made.key.split(".")[1])
