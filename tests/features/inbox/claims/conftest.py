"""A world that is ready."""

from tests.features.inbox.claims.claims_scenario import opened
from tests.relay.relay_scenario import running
from tests.scenario_fixtures import in_folder

# Linked and set up.
world = in_folder(running)


# The same, with a team, and Emma has written.
room = in_folder(opened)
