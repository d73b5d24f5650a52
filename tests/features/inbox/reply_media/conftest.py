"""A house for every test of a reply that is put together."""

from tests.features.inbox.checks.checks_scenario import opened
from tests.scenario_fixtures import in_folder

house = in_folder(opened)
