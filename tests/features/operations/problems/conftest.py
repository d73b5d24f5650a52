"""An office that is open."""

from tests.features.operations.problems.problems_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up.
office = in_folder(opened)
