"""A world that is ready: a linked creator, a forum, alerts, a running relay."""

from tests.relay.relay_scenario import running
from tests.scenario_fixtures import in_folder

# Linked and set up.
world = in_folder(running)


# Nobody is linked, nothing is set up.
bare = in_folder(running, ready=False)
