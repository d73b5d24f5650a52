"""A dorm that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.thread_archiving.thread_archiving_scenario import ThreadArchivingScenario, opened


@pytest.fixture
async def dorm(tmp_path: Path) -> AsyncIterator[ThreadArchivingScenario]:
    """Room for ten, and nobody there yet."""
    async with opened(tmp_path) as ready:
        yield ready
