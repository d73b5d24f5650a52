"""A bureau that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.offboarding.bureau import Bureau, opened


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """Linked, set up, with a team."""
    async with opened(tmp_path) as ready:
        yield ready
