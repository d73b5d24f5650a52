"""A room in which Nina and Otto chat and Emma has written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.claims_scenario import ClaimsScenario, opened


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[ClaimsScenario]:
    """With a team."""
    async with opened(tmp_path) as ready:
        yield ready
