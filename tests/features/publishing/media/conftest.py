"""A gallery for every test that looks at a vault."""

from tests.features.publishing.media.media_scenario import opened as open_gallery
from tests.scenario_fixtures import in_folder

gallery = in_folder(open_gallery)
