"""A room in which Nina and Otto chat and Emma has written."""

from tests.features.inbox.claims.claims_scenario import opened
from tests.scenario_fixtures import in_folder

# With a team.
room = in_folder(opened)
