"""An office for every test."""

from tests.features.inbox.approvals.approvals_scenario import opened
from tests.scenario_fixtures import in_folder

# Emma has written; Tia is a trainee, Carl a chatter, Ola and Pia are managers, Maya owns.
office = in_folder(opened)
