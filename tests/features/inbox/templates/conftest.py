"""A room in which templates are written."""

import pytest

from tests.features.inbox.claims.claims_scenario import ClaimsScenario, opened
from tests.features.inbox.templates.templates_scenario import LENA, TemplatesScenario
from tests.scenario_fixtures import in_folder

# A team, and Emma has written.
room = in_folder(opened)


@pytest.fixture
async def shelf(room: ClaimsScenario) -> TemplatesScenario:
    """Templates of that room; Lena leads its team."""
    await room.engage(LENA, "manager")
    return TemplatesScenario(room)
