"""A lodge that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.pausing.pausing_scenario import PausingScenario, opened


@pytest.fixture
async def lodge(tmp_path: Path) -> AsyncIterator[PausingScenario]:
    """Linked, set up, with a team."""
    async with opened(tmp_path) as ready:
        yield ready
