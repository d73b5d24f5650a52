"""A room in which Emma has written, and the whole program."""

from tests.features.inbox.claims.claims_scenario import opened
from tests.house_fixtures import own_house
from tests.scenario_fixtures import in_folder

# With a team.
room = in_folder(opened)


# A claim lasts.
house = own_house(silent=True, restarted={"CLAIM_SECONDS": "600"})
