"""One linked and running bridge for all of these tests, with a team."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.features.operations.creator_context.context_scenario import planted
from tests.features.people.team_page.page_scenario import PageScenario
from tests.features.people.team_page.planning_scenario import PlanningScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge behind a proxy, with one linked creator, who has something of everything."""
    async with housed(tmp_path_factory.mktemp("house"), TRUSTED_PROXIES="127.0.0.1") as made:
        await planted(made)
        yield made


@pytest.fixture
def team(house: LiveBridge) -> PageScenario:
    """The members of that bridge, at their browsers."""
    return PageScenario(house)


@pytest_asyncio.fixture(loop_scope="package")
async def planning(house: LiveBridge) -> AsyncIterator[PlanningScenario]:
    """The same, who plan; what a test leaves is discarded."""
    made = PlanningScenario(house)
    yield made
    await made.left()
