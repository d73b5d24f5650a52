"""A bureau that is ready."""

from tests.features.people.offboarding.offboarding_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked, set up, with a team.
bureau = in_folder(opened)
