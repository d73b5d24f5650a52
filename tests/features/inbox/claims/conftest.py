"""A world that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.claims_scenario import ClaimsScenario, opened
from tests.relay.relay_scenario import RelayScenario, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """Linked and set up."""
    async with running(tmp_path) as ready:
        yield ready


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[ClaimsScenario]:
    """The same, with a team, and Emma has written."""
    async with opened(tmp_path) as ready:
        yield ready
