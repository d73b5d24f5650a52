"""A dock for every test that uploads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.uploads.uploads_scenario import UploadsScenario, opened


@pytest.fixture
async def dock(tmp_path: Path) -> AsyncIterator[UploadsScenario]:
    async with opened(tmp_path) as ready:
        yield ready
