"""One linked and running bridge for all of these tests, with a team and lists."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.features.operations.creator_context.context_scenario import planted
from tests.features.people.team_page.browser_steps import walk_in
from tests.features.people.team_page.page_scenario import PageScenario
from tests.features.people.team_page.picture_scenario import PictureScenario
from tests.features.people.team_page.planning_scenario import LISTS, PlanningScenario
from tests.proofs.faults.live_bridge import LiveBridge, housed
from tests.sandbox.page.chromium import Chromium, chromium


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A bridge behind a proxy, with one linked creator, who has something of everything."""
    async with housed(tmp_path_factory.mktemp("house"), TRUSTED_PROXIES="127.0.0.1") as made:
        await planted(made)
        for name in LISTS:
            made.stage.fanvue.world.add_list(made.stage.creator, name)
        yield made


@pytest.fixture
def team(house: LiveBridge) -> PageScenario:
    """The members of that bridge, at their browsers."""
    return PageScenario(house)


@pytest.fixture
def vault(house: LiveBridge) -> Iterator[PictureScenario]:
    """The vault of that bridge's creator; what a test adds and breaks is gone, and whole, after it."""
    made = PictureScenario(house)
    yield made
    made.left()


@pytest_asyncio.fixture(loop_scope="package")
async def planning(house: LiveBridge) -> AsyncIterator[PlanningScenario]:
    """The same, who plan; what a test leaves is discarded."""
    made = PlanningScenario(house)
    yield made
    await made.left()


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def window(
    house: LiveBridge, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[PageScenario, Chromium]]:
    """A browser in which the owner has walked the whole way from the link to the page."""
    team = PageScenario(house)
    async with chromium(tmp_path_factory.mktemp("profile")) as browser:
        await walk_in(team, browser)
        yield team, browser
