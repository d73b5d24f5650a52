"""A studio for every test that asks."""

from tests.features.publishing.posts.posts_scenario import opened as open_studio
from tests.scenario_fixtures import in_folder

studio = in_folder(open_studio)
