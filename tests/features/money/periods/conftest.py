"""A bureau for every test that asks."""

from tests.features.money.periods.periods_scenario import opened as open_bureau
from tests.scenario_fixtures import in_folder

bureau = in_folder(open_bureau)
