"""A team that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.pings.pings_scenario import PingsScenario, opened


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[PingsScenario]:
    """Linked and set up; nobody has chosen pings, and Emma has not written yet."""
    async with opened(tmp_path) as ready:
        yield ready
