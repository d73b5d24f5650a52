"""One linked and running bridge, and a room whose clock stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.inbox.program_drafts.draft_room import DraftRoom, opened_room
from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

house = own_house(scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def writer(
    house: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[ProgramDraftScenario]:
    """A program beside that bridge; its keys end with the test, for there are twenty at most."""
    made = ProgramDraftScenario(ApiKeyScenario(house, tmp_path, capsys))
    yield made
    for key in made.keys:
        await made.program.keys("revoke", key.split(".")[1])


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[DraftRoom]:
    """A fan who has written, and a program with a key."""
    async with opened_room(DraftRoom, tmp_path) as made:
        yield made
