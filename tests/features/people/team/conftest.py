"""A camp for every test that asks."""

import pytest

from tests.features.people.team.access_doctor_scenario import AccessDoctorScenario
from tests.features.people.team.access_doctor_scenario import opened as open_ward
from tests.features.people.team.leaving_scenario import opened as open_camp
from tests.features.people.team.team_scenario import TeamScenario
from tests.features.people.team.team_scenario import quarters as open_quarters
from tests.scenario_fixtures import in_folder

# Linked, set up, and let in by both sides.
camp = in_folder(open_camp)


# Luna is at home on a server, and nobody is in her team.
quarters = in_folder(open_quarters)


@pytest.fixture
async def ward(quarters: TeamScenario) -> AccessDoctorScenario:
    """Luna's channels, in which everything fits."""
    return await open_ward(quarters)
