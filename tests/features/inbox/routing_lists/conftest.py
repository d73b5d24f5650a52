"""A team that is ready, and a Fanvue list with Emma on it."""

from tests.features.inbox.routing.routing_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up; there is no rule yet, and nobody has written.
team = in_folder(opened)
