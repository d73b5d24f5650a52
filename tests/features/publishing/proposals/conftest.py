"""An office for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.proposals.proposals_scenario import ProposalsScenario
from tests.features.publishing.proposals.proposals_scenario import opened as open_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[ProposalsScenario]:
    async with open_office(tmp_path) as there:
        yield there
