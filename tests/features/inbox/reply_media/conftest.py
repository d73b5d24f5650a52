"""A house for every test of a reply that is put together."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.checks.checks_scenario import ChecksScenario, opened


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ChecksScenario]:
    async with opened(tmp_path) as ready:
        yield ready
