"""A house in which three fans are on a list, and the owner's phone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.safety_fixtures import limits
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own, in which three fans are on a list."""
    async with housed(tmp_path_factory.mktemp("counted")) as made:
        members = [made.fan(name) for name in ("Ada", "Bo", "Cy")]
        made.stage.fanvue.world.add_list(made.stage.creator, "Trio", members)
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: LiveBridge) -> AsyncIterator[PhoneStandIn]:
    """The owner's; the limits are what they are by themselves."""
    await limits(house, typed_above="500", hold="60", hold_above="500", second_above="5000")
    await limits(house, cap="off", live="2")
    yield PhoneStandIn(house)
