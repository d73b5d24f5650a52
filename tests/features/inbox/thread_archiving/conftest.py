"""A dorm that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.thread_archiving.dorm import Dorm, opened


@pytest.fixture
async def dorm(tmp_path: Path) -> AsyncIterator[Dorm]:
    """Room for ten, and nobody there yet."""
    async with opened(tmp_path) as ready:
        yield ready
