"""A dock for every test that uploads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.uploads.dock import Dock, opened


@pytest.fixture
async def dock(tmp_path: Path) -> AsyncIterator[Dock]:
    async with opened(tmp_path) as ready:
        yield ready
