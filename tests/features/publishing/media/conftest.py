"""A gallery for every test that looks at a vault."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.media.gallery import Gallery
from tests.features.publishing.media.gallery import opened as open_gallery


@pytest.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    async with open_gallery(tmp_path) as there:
        yield there
