"""An office for every test that asks."""

from tests.features.publishing.proposals.proposals_scenario import opened as open_office
from tests.scenario_fixtures import in_folder

office = in_folder(open_office)
