"""A den that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.snooze.snooze_scenario import SnoozeScenario, opened


@pytest.fixture
async def den(tmp_path: Path) -> AsyncIterator[SnoozeScenario]:
    """Linked and set up, with a team; Emma waits."""
    async with opened(tmp_path) as ready:
        yield ready
