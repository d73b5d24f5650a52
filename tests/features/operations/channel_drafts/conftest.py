"""One linked and running bridge, and a program beside it, for drafts of each kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.channel_drafts.channel_scenario import ChannelDraftScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

house = own_house(scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def writer(
    kind: type[ChannelDraftScenario], house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[ChannelDraftScenario]:
    """A program beside that bridge; its keys end with the test, and its drafts with them."""
    made = kind(ProgramDraftScenario(ApiKeyScenario(house, tmp_path, capsys)))
    yield made
    await made.left()
