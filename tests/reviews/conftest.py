"""A study for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.approving.office import opened
from tests.reviews.study import Study


@pytest.fixture
async def study(tmp_path: Path) -> AsyncIterator[Study]:
    """The office of tests/approving, in which leads look back."""
    async with opened(tmp_path) as office:
        yield Study(office)
