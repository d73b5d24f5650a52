"""A dock for every test that uploads."""

from tests.features.publishing.uploads.uploads_scenario import opened
from tests.scenario_fixtures import in_folder

dock = in_folder(opened)
