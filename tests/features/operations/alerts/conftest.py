"""A bell that is ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.operations.alerts.alerts_scenario import AlertsScenario, opened


@pytest.fixture
async def bell(tmp_path: Path) -> AsyncIterator[AlertsScenario]:
    """Linked and set up, with a team; nobody has made a rule."""
    async with opened(tmp_path) as ready:
        yield ready
