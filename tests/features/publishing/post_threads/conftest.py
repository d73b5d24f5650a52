"""A studio for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.posts.posts_scenario import PostStage
from tests.features.publishing.posts.posts_scenario import opened as open_studio


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[PostStage]:
    async with open_studio(tmp_path) as there:
        yield there
