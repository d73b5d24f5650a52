"""A lodge that is ready."""

from tests.features.people.pausing.pausing_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked, set up, with a team.
lodge = in_folder(opened)
