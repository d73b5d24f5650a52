"""An office that is open."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.operations.problems.problems_scenario import ProblemsScenario, opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[ProblemsScenario]:
    """Linked and set up."""
    async with opened(tmp_path) as ready:
        yield ready
