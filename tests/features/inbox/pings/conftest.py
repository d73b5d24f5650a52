"""A team that is ready."""

from tests.features.inbox.pings.pings_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up; nobody has chosen pings, and Emma has not written yet.
team = in_folder(opened)
