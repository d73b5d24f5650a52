"""A room in which Emma has written, and the whole program."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.features.inbox.claims.claims_scenario import opened
from tests.proofs.faults.live_bridge import LiveBridge, housed
from tests.scenario_fixtures import in_folder

# With a team.
room = in_folder(opened)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, in which a claim lasts."""
    async with housed(tmp_path_factory.mktemp("profiles")) as made:
        await made.restart(CLAIM_SECONDS="600")
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []
