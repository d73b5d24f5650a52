"""A team that promises things."""

from tests.features.inbox.promises.promises_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up, with a team; Emma has written, and nothing is promised.
pledges = in_folder(opened)
