"""A hall that is ready."""

from tests.features.inbox.board.board_scenario import opened
from tests.scenario_fixtures import in_folder

# Linked and set up, with a team; nobody has written yet.
hall = in_folder(opened)
