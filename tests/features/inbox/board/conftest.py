"""A hall that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.board.board_scenario import BoardScenario, opened


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[BoardScenario]:
    """Linked and set up, with a team; nobody has written yet."""
    async with opened(tmp_path) as ready:
        yield ready
