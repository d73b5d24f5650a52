"""An office for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.publishing.proposals.office import Office
from tests.features.publishing.proposals.office import opened as open_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as there:
        yield there
