"""A camp for every test that asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.features.people.team.access_doctor_scenario import AccessDoctorScenario
from tests.features.people.team.access_doctor_scenario import opened as open_ward
from tests.features.people.team.leaving_scenario import TeamLeavingScenario
from tests.features.people.team.leaving_scenario import opened as open_camp
from tests.features.people.team.team_scenario import TeamScenario
from tests.features.people.team.team_scenario import quarters as open_quarters


@pytest.fixture
async def camp(tmp_path: Path) -> AsyncIterator[TeamLeavingScenario]:
    """Linked, set up, and let in by both sides."""
    async with open_camp(tmp_path) as ready:
        yield ready


@pytest.fixture
async def quarters(tmp_path: Path) -> AsyncIterator[TeamScenario]:
    """Luna is at home on a server, and nobody is in her team."""
    async with open_quarters(tmp_path) as ready:
        yield ready


@pytest.fixture
async def ward(quarters: TeamScenario) -> AccessDoctorScenario:
    """Luna's channels, in which everything fits."""
    return await open_ward(quarters)
