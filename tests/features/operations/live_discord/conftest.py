"""One running bridge for all live checks of Discord; each begins with no record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.features.operations.live_discord.live_discord_scenario import LiveDiscordScenario
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

tried_house = own_house(scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def tried(tried_house: LiveBridge, tmp_path: Path) -> AsyncIterator[LiveDiscordScenario]:
    """The bridge and its Discord; what a test changes there is taken back."""
    scenario = LiveDiscordScenario(tried_house, tmp_path)
    yield scenario
    scenario.as_before()
