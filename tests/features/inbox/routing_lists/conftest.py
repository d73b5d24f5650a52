"""A team that is ready, and a Fanvue list with Emma on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.routing.routing_scenario import RoutingScenario, opened


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[RoutingScenario]:
    """Linked and set up; there is no rule yet, and nobody has written."""
    async with opened(tmp_path) as ready:
        yield ready
