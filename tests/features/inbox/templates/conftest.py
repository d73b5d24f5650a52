"""A room in which templates are written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.inbox.claims.claims_scenario import ClaimsScenario, opened
from tests.features.inbox.templates.templates_scenario import LENA, TemplatesScenario


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[ClaimsScenario]:
    """A team, and Emma has written."""
    async with opened(tmp_path) as ready:
        yield ready


@pytest.fixture
async def shelf(room: ClaimsScenario) -> TemplatesScenario:
    """Templates of that room; Lena leads its team."""
    await room.engage(LENA, "manager")
    return TemplatesScenario(room)
