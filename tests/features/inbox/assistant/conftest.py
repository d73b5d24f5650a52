"""One linked and running bridge for all of these tests, with a model to ask."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.features.inbox.assistant.assistant_scenario import AssistantScenario
from tests.features.inbox.assistant.model_server import model_server
from tests.proofs.faults.live_bridge import housed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def helped(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AssistantScenario]:
    """A bridge with one linked creator, whose operator has set up an assistant."""
    async with (
        model_server() as server,
        housed(
            tmp_path_factory.mktemp("house"),
            ASSISTANT_URL=server.url,
            ASSISTANT_MODEL="acme/stand-in-7b",
            ASSISTANT_KEY=server.key,
        ) as house,
    ):
        yield AssistantScenario(house, server)


@pytest_asyncio.fixture(loop_scope="package")
async def helper(helped: AssistantScenario) -> AssistantScenario:
    """The same, with a model that answers again."""
    helped.server.status, helped.server.says, helped.server.raw = 200, None, None
    helped.server.hanging = None
    helped.server.asked.clear()
    helped.server.reached.clear()
    return helped
