"""A creator's house for privacy, and a stage for what the whole program does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.privacy.privacy_scenario import PrivacyScenario, opened


@pytest.fixture
async def manor(tmp_path: Path) -> AsyncIterator[PrivacyScenario]:
    """Linked and set up."""
    async with opened(tmp_path) as ready:
        yield ready
