"""A watch that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.timers.timers_scenario import TimersScenario, opened


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[TimersScenario]:
    """Linked and set up, with a team; Emma waits, and nobody has set a timer."""
    async with opened(tmp_path) as ready:
        yield ready
