"""A team that promises things."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.promises.promises_scenario import PromisesScenario, opened


@pytest.fixture
async def pledges(tmp_path: Path) -> AsyncIterator[PromisesScenario]:
    """Linked and set up, with a team; Emma has written, and nothing is promised."""
    async with opened(tmp_path) as ready:
        yield ready
