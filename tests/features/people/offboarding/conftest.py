"""A bureau that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.offboarding.offboarding_scenario import OffboardingScenario, opened


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[OffboardingScenario]:
    """Linked, set up, with a team."""
    async with opened(tmp_path) as ready:
        yield ready
