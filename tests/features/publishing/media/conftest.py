"""A gallery for every test that looks at a vault."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.media.media_scenario import MediaScenario
from tests.features.publishing.media.media_scenario import opened as open_gallery


@pytest.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[MediaScenario]:
    async with open_gallery(tmp_path) as there:
        yield there
